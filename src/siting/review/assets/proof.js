// What is proven of a plan, in plain words.

const space = chinese ? "" : " ";

function proofSentences({ status, gap, gap_asked, cost_bound, reproducible }) {
  const key = status === "feasible" && gap !== null ? "feasible_gap" : status;
  return [
    phrase(key, { gap: ["gap", gap], asked: ["gap", gap_asked] }),
    cost_bound.value ? phrase("cost_bound", cost_bound) : null,
    reproducible ? null : words.not_reproducible,
  ].filter(Boolean);
}
