// Loaded into the gateway before its own code: on SIGUSR2 it collects garbage and writes what is left to stderr, which
// the gateway itself leaves empty.
process.on('SIGUSR2', () => {
  // Twice: what finalizers let go of in the first collection is collected in the second.
  globalThis.gc();
  setImmediate(() => {
    globalThis.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.stderr.write(
      `${JSON.stringify({ heapUsed, external, rss, handles: process.getActiveResourcesInfo() })}\n`,
    );
  });
});
