// Answers cases by the plans of a ruleset. Numbers are BigInt throughout; what is missing is null.

const OPEN_ENDED = ["not stated", "conflict", "manual"];
const UNBOUNDED = ["conflict", "manual"];
const WITH_AMOUNT = ["eligible", "undetermined", "known"];
// Why a number is not one number; several reasons are added.
const DISCRETION = 1n, MISSING = 2n;
const MOST_PATHS = 4096;

// What a plan cannot say: the outcome is told to be untold.
class Untold extends Error {}

// Division toward minus infinity by what is positive, and what it leaves over.
const div = (a, b) => a / b - (a % b < 0n ? 1n : 0n);
const mod = (a, b) => (a % b + b) % b;
const least = (a, b) => (a < b ? a : b);
const most = (a, b) => (a < b ? b : a);

// What a case settles, whatever its paths assume: of the household, and of each member.
const settledOf = (people) => ({ home: [], people: (people ?? []).map(() => []) });

// What gives values of the plan for one subject, each worked out when it is first read.
function at(home, people, who, settled) {
  const kept = [];
  let all = null;
  const everyone = () => {
    if (people === null) throw new Untold();
    all ??= people.map((_, place) => of(place));
    return all;
  };
  const of = (place) => {
    const own = [], cells = place === null ? [] : people[place];
    const get = (number) => {
      const [ofPerson, isSettled, work] = PLAN.nodes[number];
      const box = ofPerson ? (isSettled ? settled.people[place] : own) : isSettled ? settled.home : kept;
      if (box[number] === undefined) box[number] = work(home, cells, get);
      return box[number];
    };
    get.sum = (f) => everyone().reduce((total, one) => total + one(f), 0n);
    get.lowest = (f) => everyone().map((one) => one(f)).reduce(least);
    get.highest = (f) => everyone().map((one) => one(f)).reduce(most);
    get.any = (f) => everyone().some((one) => one(f));
    get.first = (f) => {
      for (const one of everyone()) {
        const found = one(f);
        if (found !== 0n) return found;
      }
      return 0n;
    };
    get.who = (f) => everyone().flatMap((one, member) => (one(f) ? [member] : []));
    get.before = (f) => everyone().slice(0, place).some((one) => one(f));
    return (f) => f(home, cells, get);
  };
  return who === null ? of(null) : everyone()[who];
}

// Numbers: a fraction is [over, under] with `under` above 0; a closed or open range has two ends.
const below = (a, b) => a[0] * b[1] < b[0] * a[1];
const same = (a, b) => a === b || (a !== null && b !== null && a[0] * b[1] === b[0] * a[1]);
const ZERO = [0n, 1n];
const exactly = (end) => ({ low: end, high: end, why: 0n });
const isSingle = (range) => range.low !== null && same(range.low, range.high);

function hull(one, other) {
  const why = one.why | other.why;
  if (same(one.low, other.low) && same(one.high, other.high)) return isSingle(one) ? one : { ...one, why };
  return {
    low: one.low === null || other.low === null ? null : below(other.low, one.low) ? other.low : one.low,
    high: one.high === null || other.high === null ? null : below(one.high, other.high) ? other.high : one.high,
    why: why | MISSING,
  };
}

const hullOf = (ranges) => ranges.reduce(hull);
const FROM_ZERO = { low: ZERO, high: null, why: MISSING };
const ANYTHING = { low: null, high: null, why: MISSING };

// One end of a number: so many times a part, divided by what is in `by`.
const end = (value, [work, by, over, under]) =>
  [value(work) * over, by.reduce((product, each) => product * value(each), under)];

// What a rule gives on a path, or null where the plan leaves it open.
function pathOf(rule, value, who) {
  const status = PLAN.statuses[value(rule.status)];
  if (status === "untold") return null;
  const path = { status, value: null, needs: [], flags: [] };
  if (value(rule.valued)) {
    if (rule.value) path.value = value(rule.value);
    else {
      const low = value(rule.lowOpen) ? null : end(value, rule.low);
      const high = value(rule.highOpen) ? null : end(value, rule.high);
      const found = { low, high, why: 0n };
      if (!isSingle(found)) {
        found.why = (value(rule.discretion) ? DISCRETION : 0n) | (value(rule.missing) ? MISSING : 0n);
      }
      path.value = found;
    }
  }
  for (const [kind, name, noted, whose] of rule.marks) {
    if (!value(noted)) continue;
    if (kind === "flag") path.flags.push(name);
    else if (kind === "person") path.needs.push([who, name]);
    else if (kind === "among") value(whose).forEach((member) => path.needs.push([member, name]));
    else path.needs.push([kind, name]);
  }
  return path;
}

// Every path of a rule; null where one is left open, or where there are too many.
function pathsOf(rule, home, people, who, settled) {
  const found = [], pending = [[home, people]];
  while (pending.length > 0) {
    if (found.length + pending.length > MOST_PATHS) return null;
    const [homeNow, peopleNow] = pending.pop();
    const value = at(homeNow, peopleNow, who, settled);
    const asked = value(rule.question);
    if (asked === 0n) {
      const path = pathOf(rule, value, who);
      if (path === null) return null;
      found.push(path);
      continue;
    }
    const [column, answers] = PLAN.questions[(asked - 1n) / PLAN.span];
    const member = (asked - 1n) % PLAN.span;
    for (const answer of answers.slice().reverse()) {
      const set = (cells) => cells.map((cell, place) => (place === column ? answer : cell));
      if (member === 0n) pending.push([set(homeNow), peopleNow]);
      else pending.push([homeNow, peopleNow.map((cells) => (cells[PLAN.place] === member ? set(cells) : cells))]);
    }
  }
  return found;
}

// What several paths are together: as `hulls.py` says.
const common = (paths) =>
  paths.every((path) => path.status === paths[0].status) ? paths[0].status : "undetermined";
const values = (paths) => paths.map((path) => path.value).filter((value) => value !== null);

function benefit(paths) {
  const status = common(paths), amounts = values(paths);
  if (paths.length === 1 && status !== "undetermined") return [status, amounts[0] ?? null, null];
  if (status === "eligible") return [status, hullOf(amounts), null];
  if (status !== "undetermined") return [status, null, null];
  if (paths.some((path) => OPEN_ENDED.includes(path.status))) amounts.push(FROM_ZERO);
  return [status, hullOf([exactly(ZERO), ...amounts]), null];
}

function number(paths) {
  const status = common(paths), figures = values(paths);
  if (!["known", "undetermined"].includes(status) || figures.length === 0) return [status, null, null];
  if (paths.some((path) => UNBOUNDED.includes(path.status))) figures.push(ANYTHING);
  const range = hullOf(figures);
  return [range.why & MISSING ? "undetermined" : status, range, null];
}

// A day that is known, or null where it lies in a range; any other value as it is.
const known = (value) =>
  typeof value !== "object" ? value : isSingle(value) ? value.low[0] / value.low[1] : null;

function single(paths) {
  const status = common(paths);
  if (status !== "known") return [status, null, null];
  const found = paths.map((path) => known(path.value));
  const agree = found[0] !== null && found.every((each) => each === found[0]);
  return agree ? [status, null, found[0]] : ["undetermined", null, null];
}

const placeOf = (who) =>
  who === null ? (RULES.about === "case" ? "case" : "household")
    : RULES.about === "person" ? "person" : `household.members[${who}]`;

// What was missing on some path: of the household, of each member, then what no document states.
function needsOf(paths, status, members) {
  const found = [];
  const order = (name, subject) => RULES.inputs.findIndex((each) => each.name === name && each.subject === subject);
  const add = (path) => found.includes(path) || found.push(path);
  const all = paths.flatMap((path) => path.needs);
  const sorted = (who, subject) =>
    all.filter((need) => need[0] === who).sort((a, b) => order(a[1], subject) - order(b[1], subject));
  sorted("household", "household").forEach(([, name]) => add(`${placeOf(null)}.${name}`));
  for (let who = 0; who < members; who++) {
    sorted(who, "person").forEach(([, name]) => add(`${placeOf(who)}.${name}`));
  }
  if (status === "undetermined") {
    const names = all.filter((need) => need[0] === "parameters").map((need) => need[1]);
    inOrder(names).forEach((name) => add(`parameters.${name}`));
  }
  return found;
}

// Texts by their characters, not by the halves in which a browser holds them.
const inOrder = (names) => names.slice().sort((a, b) => {
  const one = [...a].map((each) => each.codePointAt(0)), other = [...b].map((each) => each.codePointAt(0));
  const place = one.findIndex((each, index) => each !== other[index]);
  return place < 0 ? one.length - other.length : place < other.length ? one[place] - other[place] : 1;
});

// A number as an exact decimal, or as a fraction where no decimal is exact.
function decimal([over, under]) {
  const size = over < 0n ? -over : over, sign = over < 0n ? "-" : "";
  let [part, rest] = [size, under];
  while (rest !== 0n) [part, rest] = [rest, part % rest];
  let left = under / part, twos = 0, fives = 0;
  for (; left % 2n === 0n; left /= 2n) twos += 1;
  for (; left % 5n === 0n; left /= 5n) fives += 1;
  if (left !== 1n) return `${sign}${size / part}/${under / part}`;
  const places = twos > fives ? twos : fives;
  const digits = `${(size * 10n ** BigInt(places)) / under}`.padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return places > 0 ? `${sign}${whole}.${digits.slice(digits.length - places)}` : sign + whole;
}

const WHY = ["exact", "discretion", "missing", "both"];

// What is said of one outcome, in the form of `policyrules eval --json`.
function told(rule, status, range, value, flags, needs) {
  const found = { status, kind: rule.kind };
  if (rule.isNumber) {
    const why = range ? range.why & (DISCRETION | MISSING) : 0n;
    const counts = WITH_AMOUNT.includes(status);
    found.amount = counts ? {
      low: range && range.low ? decimal(range.low) : null,
      high: range && range.high ? decimal(range.high) : null,
      unit: rule.unit,
      basis: WHY[status === "undetermined" ? why | MISSING : why],
    } : null;
  } else if (rule.words && value !== null) found.value = rule.words[value];
  else found.value = rule.kind === "date" && value !== null ? dayText(value) : value;
  return { ...found, flags, needs };
}

// The outcome of a rule for the household (null) or for one of its members.
function outcomeOf(rule, home, people, who, settled) {
  const untold = (needs) => told(rule, "untold", null, null, [], needs);
  if (rule.ofMembers && people === null) return untold(["household.members"]);
  const paths = pathsOf(rule, home, people, who, settled);
  if (paths === null) return untold([]);
  const [status, range, value] = (rule.what === "benefit" ? benefit : rule.isNumber ? number : single)(paths);
  const seen = rule.what !== "benefit" && UNBOUNDED.includes(status) ? "undetermined" : status;
  const flags = [...new Set(paths.flatMap((path) => path.flags))];
  return told(rule, seen, range, value, flags, needsOf(paths, seen, people ? people.length : 0));
}

// The outcomes of a case on a day, of all rules or of those with `names`; throws `InputError` with
// the problems of the case.
function evaluate(given, on, names) {
  const { day, home, people } = read(given, on);
  const outcomes = Object.create(null), settled = settledOf(people);
  for (const rule of RULES.rules) {
    if (names && !names.includes(rule.name)) continue;
    const of = Object.create(null), found = { of };
    if (rule.subject !== "person") of[placeOf(null)] = outcomeOf(rule, home, people, null, settled);
    else if (people === null) found.needs = ["household.members"];
    else people.forEach((_, who) => { of[placeOf(who)] = outcomeOf(rule, home, people, who, settled); });
    outcomes[rule.name] = found;
  }
  return { schema: 1, ruleset: RULES.id, on: dayText(day), outcomes };
}
