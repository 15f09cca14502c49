/** The mark: a line of track with its points thrown, and a green lamp. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="relative flex items-center gap-[9px] text-head font-[650] tracking-[-0.01em]">
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
        <rect
          x=".75"
          y=".75"
          width="20.5"
          height="20.5"
          rx="5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path
          d="M4 15h6l6-8h2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="17.2" cy="15" r="1.7" fill="var(--ok)" />
      </svg>
      <span className="max-[720px]:sr-only">{name}</span>
    </span>
  );
}
