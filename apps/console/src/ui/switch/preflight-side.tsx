'use client';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { hasErrors } from '../editor/problems-at.ts';
import { Button } from '../kit/button.tsx';
import { PreflightServices } from './preflight-services.tsx';
import { PreflightProblems } from './preflight-problems.tsx';
import { verdictOf } from './preflight-verdict.ts';
import type { SwitchOrderAddress } from './switch-address.ts';
import type { Preflight } from './use-preflight.ts';

interface PreflightSideProps {
  readonly asked: readonly { readonly id: string; readonly name: string }[];
  readonly order: SwitchOrderAddress;
  readonly onOrder: (order: SwitchOrderAddress) => void;
  readonly preflight: Preflight;
}

/** Which services would switch, which are refused and why; what stands in the way of all. */
export function PreflightSide({ asked, order, onOrder, preflight }: PreflightSideProps) {
  const t = useTranslations('switching');
  const { answer, asking } = preflight;
  const refused = answer ? verdictOf(answer).refused : [];
  const leave = (ids: readonly string[]) =>
    onOrder({ ...order, without: [...new Set([...order.without, ...ids])] });
  const problems = answer?.problems ?? [];
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className={asking ? 'flex items-center gap-2 text-ink-2' : 'sr-only'}>
        {asking ? <LoaderCircle className="size-4 animate-spin" aria-hidden /> : null}
        {asking ? t('preflightRuns') : null}
      </p>
      {problems.length === 0 ? null : (
        <section>
          <h2 className="mb-1.5 font-[650]">{t(hasErrors(problems) ? 'inTheWay' : 'worthKnowing')}</h2>
          <PreflightProblems problems={problems} />
        </section>
      )}
      {asked.length === 0 ? null : (
        <section>
          <div className="mb-1.5 flex items-center gap-2">
            <h2 className="font-[650]">{t('services')}</h2>
            {refused.length > 1 ? (
              <Button
                size="small"
                className="ml-auto"
                onClick={() => leave(refused.map(({ serviceId }) => serviceId))}
              >
                {t('leaveOutAll')}
              </Button>
            ) : null}
          </div>
          <PreflightServices
            asked={asked}
            without={order.without}
            answer={answer}
            onLeave={(id) => leave([id])}
            onTakeIn={(id) => onOrder({ ...order, without: order.without.filter((one) => one !== id) })}
          />
        </section>
      )}
    </div>
  );
}
