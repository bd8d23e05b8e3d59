// Loaded before a command (`node --import`) so that it takes its pipes for a terminal: the benchmark of the loop works
// where no pseudo-terminal can be had. Child processes inherit the option, and are left as they are.
if (process.argv[1]?.endsWith('start.mjs')) {
  process.stdin.isTTY = true
  process.stdout.isTTY = true
  process.stdin.setRawMode = () => process.stdin
}
