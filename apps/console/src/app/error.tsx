'use client';
import { BrokenPage } from '../ui/shell/nothing-here.tsx';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <BrokenPage message={error.message} onRetry={reset} />;
}
