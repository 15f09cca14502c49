'use client';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { ProbeSeries } from './probe-series.ts';
import type { ServerNames } from './server-name.ts';
import { STRIP_CELLS, type StripCell, stripOf } from './strip.ts';
import { shadeOf, wayColor } from './way-look.ts';

interface AnswerStripProps {
  readonly series: ProbeSeries;
  readonly names: ServerNames;
  readonly nodeName: string;
}

/** Who answered last, one cell each: the shade is the server, the colour the way of the reply, a red gap a failure. */
export function AnswerStrip({ series, names, nodeName }: AnswerStripProps) {
  const t = useTranslations('probe');
  const { cells, complete } = useMemo(
    () => stripOf(series.samples, series.ways),
    [series.samples, series.ways],
  );
  const servers = serversIn(cells, names);
  return (
    <section>
      <h2 className="text-small font-semibold text-ink-2">{t('lastAnswers', { node: nodeName })}</h2>
      <div className="my-1.5 flex h-3.5 gap-[2px]" aria-hidden>
        {Array.from({ length: STRIP_CELLS }, (_, i) => {
          const cell = cells[i - (STRIP_CELLS - cells.length)];
          return <Cell key={cell?.key ?? `empty ${i}`} cell={cell} names={names} />;
        })}
      </div>
      <p className="flex flex-wrap gap-x-3.5 text-[12.5px] text-ink-3">
        {servers.map(({ name, index }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span
              aria-hidden
              className="size-2.5 rounded-[2px] bg-current"
              style={{ opacity: shadeOf(index), color: wayColor(cells.at(-1)?.method ?? null) }}
            />
            {name}
          </span>
        ))}
        <span>{servers.length === 0 ? t('noAnswers') : t(complete ? 'everyAnswer' : 'sampledAnswers')}</span>
      </p>
    </section>
  );
}

function Cell({ cell, names }: { cell: StripCell | undefined; names: ServerNames }) {
  if (!cell) return <span className="flex-1 rounded-[2.5px] bg-line/60" />;
  if (cell.by === null) return <span className="flex-1 rounded-[2.5px] border-2 border-bad bg-bad-bg" />;
  return (
    <span
      className="flex-1 rounded-[2.5px]"
      style={{ background: wayColor(cell.method), opacity: shadeOf(names.indexOf(cell.by)) }}
    />
  );
}

const NAMED = 6;

function serversIn(cells: readonly StripCell[], names: ServerNames) {
  const servers = new Map<string, number>();
  for (const { by } of cells) if (by !== null) servers.set(names.nameOf(by), names.indexOf(by));
  return [...servers]
    .map(([name, index]) => ({ name, index }))
    .toSorted((a, b) => a.index - b.index)
    .slice(0, NAMED);
}
