'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { cx } from '../_ui/cx';
import type { HudState, HudStore } from './hud-store';
import './hud.css';

export { createHudStore } from './hud-store';

type Side = 'p1' | 'p2';

/** Reads one primitive, so that a component renders only when its own figure changes. */
function useFigure<T extends string | number | undefined>(
  store: HudStore,
  read: (state: Readonly<HudState>) => T,
): T {
  return useSyncExternalStore(
    store.subscribe,
    () => read(store.state),
    () => read(store.state),
  );
}

function HealthBar({ store, side }: { store: HudStore; side: Side }) {
  const t = useTranslations('hud');
  const health = useFigure(store, (state) => state[side].health);
  const refills = useFigure(store, (state) => state[side].refills);
  const name = useFigure(store, (state) => state[side].name);
  const scale = `${Math.max(0, Math.min(100, health)) / 100} 1`;
  return (
    <div className={cx('hud-bar', `hud-${side}`)}>
      <meter
        className="sr-only"
        aria-label={t('health', { name: name || t(side) })}
        min={0}
        max={100}
        value={health}
      />
      <div className="hud-bar-well">
        {/* A refilled bar gets a new trail, because the old one would creep upwards. */}
        <div key={refills} className="hud-bar-trail" style={{ scale }} />
        <div className="hud-bar-fill" style={{ scale }} />
        <div className="hud-bar-shade" />
      </div>
    </div>
  );
}

function Pips({ store, side }: { store: HudStore; side: Side }) {
  const t = useTranslations('hud');
  const won = useFigure(store, (state) => state[side].rounds);
  const needed = useFigure(store, (state) => state.roundsToWin);
  const name = useFigure(store, (state) => state[side].name);
  return (
    <div
      role="img"
      aria-label={t('rounds', { name: name || t(side), won, needed })}
      className={cx('hud-pips', `hud-${side}`)}
    >
      {Array.from({ length: needed }, (_, pip) => pip + 1).map((pip) => (
        <span key={pip} data-won={pip <= won || undefined} />
      ))}
    </div>
  );
}

function Name({ store, side }: { store: HudStore; side: Side }) {
  const t = useTranslations('hud');
  const name = useFigure(store, (state) => state[side].name);
  return <span className="hud-name">{name || t(side)}</span>;
}

function Timer({ store }: { store: HudStore }) {
  const t = useTranslations('hud');
  const timer = useFigure(store, (state) => state.timer);
  return (
    <div role="timer" aria-label={t('timer')} className="hud-timer" data-late={timer <= 10 || undefined}>
      {String(Math.max(0, timer)).padStart(2, '0')}
    </div>
  );
}

function Gauge({ store, side }: { store: HudStore; side: Side }) {
  const t = useTranslations('hud');
  const gauge = useFigure(store, (state) => state[side].gauge);
  const name = useFigure(store, (state) => state[side].name);
  const full = gauge >= 100;
  return (
    <div className={cx('hud-gauge', `hud-${side}`)} data-full={full || undefined}>
      <span className="hud-gauge-label" aria-hidden="true">
        {t('super')}
      </span>
      <meter
        className="sr-only"
        aria-label={t('superOf', { name: name || t(side) })}
        min={0}
        max={100}
        value={gauge}
      />
      <div className="hud-gauge-well">
        <div className="hud-gauge-fill" style={{ scale: `${Math.max(0, Math.min(100, gauge)) / 100} 1` }} />
      </div>
    </div>
  );
}

function ConnectionLine({ store }: { store: HudStore }) {
  const t = useTranslations('hud');
  const ping = useFigure(store, (state) => state.ping);
  const delay = useFigure(store, (state) => state.delay);
  const rollback = useFigure(store, (state) => state.rollback);
  const figures = [
    ping === undefined ? null : t('ping', { ms: Math.round(ping) }),
    delay === undefined ? null : t('delay', { frames: delay }),
    rollback === undefined ? null : t('rollback', { frames: rollback }),
  ].filter((figure) => figure !== null);
  return figures.length > 0 ? <p className="hud-line">{figures.join(' · ')}</p> : null;
}

/** What the stage shouts, for who hears it: drawn type is no text. */
function Call({ store }: { store: HudStore }) {
  const call = useFigure(store, (state) => state.call);
  return (
    <p aria-live="polite" className="sr-only">
      {call}
    </p>
  );
}

/**
 * Bars, timer, pips, gauges and names over a stage. Fills its positioned parent, takes no pointer, and
 * sizes itself by the parent's width. The same on the play page and for viewers.
 */
export function Hud({ store }: { store: HudStore }) {
  return (
    <div className="hud">
      <div className="hud-frame">
        <div className="hud-top">
          <HealthBar store={store} side="p1" />
          <Timer store={store} />
          <HealthBar store={store} side="p2" />
          <div className="hud-under hud-p1">
            <Name store={store} side="p1" />
            <Pips store={store} side="p1" />
          </div>
          <div className="hud-under hud-p2">
            <Pips store={store} side="p2" />
            <Name store={store} side="p2" />
          </div>
        </div>
        <div className="hud-bottom">
          <Gauge store={store} side="p1" />
          <ConnectionLine store={store} />
          <Gauge store={store} side="p2" />
        </div>
      </div>
      <Call store={store} />
    </div>
  );
}
