import { describe, expect, it } from 'vitest';
import { moderate } from './moderation';

describe('GM-16: what a model wrote', () => {
  it.each([
    ['en', 'You again. Good.', 'You again. Good.'],
    ['en', '  "Mind the corner."\n', 'Mind the corner.'],
    ['en', 'Yun (윤) is not done with you!', 'Yun (윤) is not done with you!'],
    ['ko', '“또 너냐.”', '또 너냐.'],
    ['ko', 'Yun은 아직 끝나지 않았다. 가드를 올려라.', 'Yun은 아직 끝나지 않았다. 가드를 올려라.'],
  ] as const)('in %s is a line: %s', (language, written, text) => {
    expect(moderate(written, language)).toEqual({ text });
  });

  it.each([
    ['en', '', 'length'],
    ['en', 'a'.repeat(221), 'length'],
    ['en', 'One. Two. Three.', 'sentences'],
    ['en', 'See https://evil.example now', 'link'],
    ['en', 'Visit evil.example today', 'link'],
    ['en', 'Follow @champion', 'handle'],
    ['en', '<b>Fight</b>', 'markup'],
    ['en', '**Fight**', 'markup'],
    ['en', '{"line":"Fight"}', 'markup'],
    ['en', '1. Fight', 'markup'],
    ['en', 'Assistant: Fight', 'role'],
    ['en', 'As an AI I can not say that.', 'out of character'],
    ['en', 'Fight\u202eenim', 'control'],
    ['en', 'Fight\nnow', 'control'],
    ['en', 'You piece of shit', 'slur'],
    ['en', 'ＳＨＩＴ happens', 'slur'],
    ['ko', '이 병신아', 'slur'],
    ['ko', 'You again.', 'language'],
    ['en', '또 너냐.', 'language'],
    ['en', 'Снова ты.', 'language'],
    ['en', '1234 5678', 'language'],
  ] as const)('in %s is refused: %j (%s %s)', (language, written, unfit) => {
    expect(moderate(written, language)).toEqual({ unfit });
  });
});
