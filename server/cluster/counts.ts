import { counter } from '../metrics';

const messages = counter(
  'arcade_cluster_messages_total',
  'Messages between the nodes of the arcade, by way and kind; lost are those that could not be sent',
  ['way', 'kind'],
);

export function countMessage(way: 'in' | 'out' | 'lost', kind: 'tell' | 'ask' | 'answer' | 'refusal'): void {
  messages.inc({ way, kind });
}
