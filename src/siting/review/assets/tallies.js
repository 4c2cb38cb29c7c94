// How many targets are counted, in words.

const space = chinese ? "" : " ";

// How many targets ask for nothing yet, to end a sentence.
const notDueClause = (count) => (count ? say("some_not_due", { count: write("count", count) }) : "");

// Whether targets are counted by year, after the word for them.
const byYear = ({ by_year }) => (by_year ? words.by_year : "");
