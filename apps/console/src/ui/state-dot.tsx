type StateDotProps = {
  readonly tone: 'ok' | 'warn' | 'danger' | 'muted';
  readonly word: string;
};

/** A state: always a word, the dot only helps the eye. */
export function StateDot({ tone, word }: StateDotProps) {
  return (
    <span className={`state state-${tone}`}>
      <span className="state-dot" aria-hidden="true" />
      {word}
    </span>
  );
}
