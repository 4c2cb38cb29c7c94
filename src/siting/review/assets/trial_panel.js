async function startTrial() {
  if (!trial) return;
  known.packed = await unpackTrial(trial);
  globalThis.sitingTrial = { figures: (choices) => figuresOf(triedState(choices)), file: trialFile };
}
