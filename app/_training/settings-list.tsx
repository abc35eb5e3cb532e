import { useTranslations } from 'next-intl';
import type { TrainingConfig } from '@/server/training/config';

const SHOWN = [
  'opponent',
  'learningRate',
  'discount',
  'maxSteps',
  'maxSeconds',
  'evaluateEverySteps',
  'seed',
] as const satisfies readonly (keyof TrainingConfig)[];

/** How a training was set up, defaults filled in; folded away. */
export function SettingsList({ config }: { config: TrainingConfig }) {
  const t = useTranslations('training');
  return (
    <details className="sheet mt-6 px-4">
      <summary className="min-h-11 cursor-pointer py-2.5 font-semibold">{t('parameters')}</summary>
      <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-1 pb-4 sm:grid-cols-[repeat(2,auto_1fr)]">
        {SHOWN.map((name) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name === 'opponent' ? t('opponent') : t(`fields.${name}`)}</dt>
            <dd className="figure">{config[name]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
