// What is reached and proven of a plan, in plain words.

const space = chinese ? "" : " ";

// How many targets ask for nothing yet, to end a sentence.
const notDueClause = (count) => (count ? say("some_not_due", { count: write("count", count) }) : "");

// Whether targets are counted by year, after the word for them.
const byYear = ({ by_year }) => (by_year ? words.by_year : "");

function proofSentences({ status, gap, gap_asked, cost_bound, reproducible }) {
  const key = status === "feasible" && gap !== null ? "feasible_gap" : status;
  return [
    phrase(key, { gap: ["gap", gap], asked: ["gap", gap_asked] }),
    cost_bound.value ? phrase(write(...cost_bound.value) === write(...cost_bound.bound)
      ? "cost_proven" : "cost_bound", cost_bound) : null,
    reproducible ? null : words.not_reproducible,
  ].filter(Boolean);
}
