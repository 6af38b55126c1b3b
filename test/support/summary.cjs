const { reporters, Runner } = require('mocha');

/** Dots while it runs, every failure in full, and one last line that the runner and the CI read: `N passed, N failed`. */
module.exports = class Summary extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      process.stdout.write(`\n${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}\n`);
    });
  }
};
