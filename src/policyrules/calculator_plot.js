// A benefit over one of the figures: exact at every point that is told, drawn as lines between.

const POINTS = 24, MOST_POINTS = 1500;
const EXACT_TIME = 600, ALL_TIME = 1500;  // milliseconds
const WIDEST = 720, NARROWEST = 280, HEIGHT = 300, LEFT = 72, RIGHT = 30, TOP = 14, BOTTOM = 44;
const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes, ...inside) {
  const found = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => found.setAttribute(name, value));
  found.append(...inside);
  return found;
}

const minus = (a, b) => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
const size = ([over, under]) => [over < 0n ? -over : over, under];

// A whole number of parts, of which 10 ** places make one, as an exact decimal.
function decimalOf(parts, places) {
  const digits = `${parts < 0n ? -parts : parts}`.padStart(places + 1, "0"), at = digits.length - places;
  const part = digits.slice(at).replace(/0+$/, "");
  return `${parts < 0n ? "-" : ""}${digits.slice(0, at)}${part === "" ? "" : `.${part}`}`;
}

// How many parts a text of a form is; null for what is no number.
function partsOf(text, places) {
  const found = /^(-?\d[\d,]*(?:\.\d+)?) *(%?)$/.exec(text.normalize("NFKC").trim());
  if (found === null) return null;
  const [over, under] = fraction(found[1].replaceAll(",", ""));
  return over * 10n ** BigInt(places) / (under * (found[2] ? 100n : 1n));
}

// Whether the middle point lies on the line between the others, or not further from it than `off`.
function between(a, m, b, off) {
  if (a.status !== b.status || a.status !== m.status) return false;
  return ["low", "high"].every((end) => {
    if (a[end] === null || b[end] === null || m[end] === null) return a[end] === b[end] && b[end] === m[end];
    const [rise, under] = minus(b[end], a[end]), [over, by] = minus(m[end], a[end]);
    const apart = size([over * under * (b.at - a.at) - rise * by * (m.at - a.at), under * by * (b.at - a.at)]);
    return apart[0] <= off * apart[1];
  });
}

class Plot {
  constructor(calculator) {
    this.of = calculator;
    this.root = make("details", { class: "pc-plot", ontoggle: () => this.root.open && this.fresh() }, make("summary", {}, calculator.words.plot));
    this.rules = calculator.rules.filter((rule) => calculator.about.shown[rule.name].main && rule.isNumber);
    this.body = make("div", {});
    this.root.append(this.body);
  }

  // Figures of the form over which there may be a plot.
  figures() {
    return [...this.of.asked].filter(([path, field]) => field.input?.kind === "number" && !path.startsWith("parameters."));
  }

  subjects() {
    const people = this.of.state.people;
    return this.rules.flatMap((rule) => (rule.subject !== "person" || !this.of.withMembers ? [[rule, null]] : people.map((_, who) => [rule, who])));
  }

  soon() {
    if (!this.root.open) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fresh(), 250);
  }

  // The choices anew, for members come and go; what was chosen stays.
  fresh() {
    const { words } = this.of, figures = this.figures(), subjects = this.subjects();
    this.root.hidden = figures.length === 0 || subjects.length === 0;
    if (this.root.hidden) return;
    const key = JSON.stringify([figures.map(([path]) => path), subjects.map(([rule, who]) => [rule.name, who])]);
    if (this.key !== key) {
      this.key = key;
      const who = (path) => this.of.who(path.replace(/\.[^.]*$/, ""));
      const named = (label, whose) => label + (whose ? filled(words.inBrackets, whose) : "");
      this.benefit = this.select(words.plotOf, subjects.map(([rule, member]) => named(rule.label, member === null ? null : filled(words.member, member + 1))));
      this.figure = this.select(words.plotOver, figures.map(([path, field]) => named(field.label, who(path))), () => this.ends());
      [this.from, this.to] = [words.plotFrom, words.plotTo].map((label) => this.text(label));
      this.picture = make("div", { class: "pc-picture" });
      this.body.replaceChildren(make("div", { class: "pc-fields" }, ...[this.benefit, this.figure, this.from, this.to].map((each) => each.box)), this.picture);
      this.ends();
    }
    this.show();
  }

  select(label, names, then = () => {}) {
    const options = names.map((name, at) => make("option", { value: at }, name));
    const id = this.of.id(`plot.${label}`);
    const control = make("select", { id, onchange: () => { then(); this.show(); } }, ...options);
    return { control, box: make("div", { class: "pc-field" }, make("label", { for: id }, label), control) };
  }

  text(label) {
    const id = this.of.id(`plot.${label}`);
    const control = make("input", { id, type: "text", inputmode: "decimal", maxlength: 30, oninput: () => this.soon() });
    return { control, box: make("div", { class: "pc-field" }, make("label", { for: id }, label), control) };
  }

  chosen() {
    const [path, { input, held }] = this.figures()[+this.figure.control.value];
    const places = input.whole ? 0 : input.unit === this.of.words.rate ? 4 : 2;
    return { path, input, held, places };
  }

  // From the least value to twice the present one, else as far as people are likely to ask.
  ends() {
    const { input, held, places } = this.chosen();
    const bound = ([over, under]) => decimalOf(over * 10n ** BigInt(places) / under, places);
    const now = partsOf(held[input.name] ?? "", places);
    this.from.control.value = input.low ? bound(input.low) : "0";
    const far = input.whole ? 10n : input.unit === this.of.words.rate ? 1n : 6000n;
    this.to.control.value = input.high && input.high[0] < 200n * input.high[1] ? bound(input.high)
      : decimalOf(now !== null && now > 0n ? 2n * now : far * 10n ** BigInt(places), places);
  }

  show() {
    const { words } = this.of, { input, held, places } = this.chosen();
    const [from, to] = [this.from, this.to].map((each) => partsOf(each.control.value, places));
    if (from === null || to === null || from >= to) {
      this.picture.replaceChildren(make("p", { class: "pc-error" }, words.plotEnds));
      return;
    }
    const [rule, member] = this.subjects()[+this.benefit.control.value];
    const before = held[input.name];
    try {
      const found = this.pieces(from, to, (at) => this.point(rule, member, at, () => { held[input.name] = decimalOf(at, places); }));
      if (found === null) this.picture.replaceChildren(make("p", { class: "pc-note" }, words.plotNone));
      else this.paint(found, rule, input, places, [from, to], partsOf(before ?? "", places));
    } finally {
      if (before === undefined) delete held[input.name];
      else held[input.name] = before;
    }
  }

  // What a rule gives at a point; null where the case is none.
  point(rule, member, at, put) {
    put();
    const { outcomes } = this.of.said(this.of.given(), [rule.name]);
    if (outcomes === null) return null;
    const all = Object.values(outcomes[rule.name].of), outcome = all[member ?? 0];
    if (outcome === undefined) return null;
    const none = outcome.status === "not eligible" ? [0n, 1n] : null;
    const end = (text) => (text === null ? null : fraction(text));
    const low = outcome.amount ? end(outcome.amount.low) : none, high = outcome.amount ? end(outcome.amount.high) : none;
    return { at, status: outcome.status, low, high, words: this.of.worded(rule, outcome) };
  }

  // Pieces of straight line, each from a point to a point: exact, else but for roundings, else as
  // far as time allows; null where there is no case.
  pieces(from, to, pointAt) {
    const known = new Map(), began = performance.now(), spent = () => performance.now() - began;
    const get = (at) => {
      if (!known.has(at)) known.set(at, pointAt(at));
      return known.get(at);
    };
    const exact = this.refined(from, to, get, 0n, () => known.size < MOST_POINTS && spent() < EXACT_TIME);
    if (!exact.cut) return exact;
    return this.refined(from, to, get, 1n, () => known.size < 2 * MOST_POINTS && spent() < ALL_TIME);
  }

  // The pieces that are straight but for `off`; `cut` is whether it went on no longer.
  refined(from, to, get, off, goesOn) {
    const span = to - from, starts = new Set([from, to]);
    for (let each = 1n; each < BigInt(POINTS); each += 1n) starts.add(from + span * each / BigInt(POINTS));
    const ats = [...starts].sort((a, b) => (a < b ? -1 : 1)), found = [];
    const pending = ats.slice(1).map((at, before) => [ats[before], at]).reverse();
    let cut = false;
    while (pending.length > 0) {
      const [a, b] = pending.pop(), m = (a + b) / 2n, start = get(a), stop = get(b);
      if (start === null || stop === null) return null;
      const isOpen = b - a > 1n && goesOn();
      cut ||= b - a > 1n && !isOpen;
      if (!isOpen || [m, a + (b - a) * 3n / 7n].every((at) => between(start, get(at), stop, off))) found.push([start, stop]);
      else pending.push([m, b], [a, m]);
    }
    const pieces = found.reduce((all, piece) => {
      const last = all.at(-1);
      if (last && between(last[0], piece[0], piece[1], off)) last[1] = piece[1];
      else all.push([...piece]);
      return all;
    }, []);
    return { pieces, cut, off };
  }

  paint({ pieces, cut, off }, rule, input, places, [from, to], now) {
    const { words } = this.of, unit = this.of.about.shown[rule.name].unit;
    const all = pieces.flat().flatMap((point) => [point.low, point.high]).filter((end) => end !== null);
    const most = all.reduce((top, end) => (end[0] * top[1] > top[0] * end[1] ? end : top), [1n, 1n]);
    const ceiling = steps(most[0] / most[1] + 1n), across = steps(to - from);
    const top = (most[0] / most[1] / ceiling + 1n) * ceiling;
    const width = Math.max(NARROWEST, Math.min(WIDEST, this.picture.clientWidth));
    // Where a pixel is may be a float: no figure is told from it.
    const x = (at) => LEFT + Number((at - from) * 100000n / (to - from)) / 100000 * (width - LEFT - RIGHT);
    const y = (end) => HEIGHT - BOTTOM - (end === null ? 1 : Number(end[0] * 100000n / (end[1] * top)) / 100000) * (HEIGHT - TOP - BOTTOM);
    const svg = draw("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": filled(words.plotLabel, rule.label, input.label) });
    for (let at = 0n; at <= top; at += ceiling) {
      const height = y([at, 1n]);
      svg.append(draw("line", { x1: LEFT, x2: width - RIGHT, y1: height, y2: height, class: "pc-grid" }),
        draw("text", { x: LEFT - 8, y: height + 5, "text-anchor": "end" }, figure(`${at}`, words, unit.rate)));
    }
    for (let at = (from + across - 1n) / across * across; at <= to; at += across) {
      svg.append(draw("text", { x: x(at), y: HEIGHT - BOTTOM + 20, "text-anchor": "middle" }, this.atWords(at, input, places)));
    }
    for (const [a, b] of pieces) {
      if ((a.low === null && a.high === null) || (b.low === null && b.high === null)) continue;
      const isJump = b.at - a.at === 1n && pieces.length > 1;
      const ends = [[x(a.at), y(a.low)], [x(b.at), y(b.low)], [x(b.at), y(b.high)], [x(a.at), y(a.high)]].map((each) => each.join(","));
      if (!isJump) svg.append(draw("polygon", { points: ends.join(" "), class: "pc-band" }));
      svg.append(...[[0, 1], [3, 2]].map((pair) => draw("polyline", { points: pair.map((at) => ends[at]).join(" "), class: isJump ? "pc-jump" : "pc-line" })));
    }
    if (now !== null && now >= from && now <= to) svg.append(draw("line", { x1: x(now), x2: x(now), y1: TOP, y2: HEIGHT - BOTTOM, class: "pc-now" }));
    const axes = filled(words.plotAxes, input.unit === words.noUnit ? input.label : `${input.label}${filled(words.inBrackets, input.unit)}`, rule.unitWords === words.noUnit ? rule.label : `${rule.label}${filled(words.inBrackets, rule.unitWords)}`);
    this.picture.replaceChildren(make("p", { class: "pc-note" }, axes), svg, this.told(pieces, input, places, cut ? words.plotCut : off > 0n ? words.plotRounded : null));
  }

  atWords(at, input, places) {
    const text = decimalOf(at, places);
    return figure(text, this.of.words, input.unit === this.of.words.rate);
  }

  // The same in words, piece by piece.
  told(pieces, input, places, note) {
    const { words } = this.of;
    const rows = pieces.filter(([a, b], at) => b.at - a.at > 1n || at === 0 || at === pieces.length - 1).map(([a, b]) => {
      const said = (point) => point.words.filter((text) => text !== "").join(words.comma);
      const range = a.at === b.at ? this.atWords(a.at, input, places) : filled(words.range, this.atWords(a.at, input, places), this.atWords(b.at, input, places));
      return make("tr", {}, make("th", { scope: "row" }, range), make("td", {}, said(a)), make("td", {}, said(b)));
    });
    const head = make("tr", {}, ...[input.label, words.plotAtStart, words.plotAtEnd].map((text) => make("th", { scope: "col" }, text)));
    const table = make("table", {}, make("caption", {}, words.plotTable), make("thead", {}, head), make("tbody", {}, ...rows));
    return make("div", { class: "pc-told", tabindex: 0, role: "region", "aria-label": words.plotTable }, table, note === null ? null : make("p", { class: "pc-note" }, note));
  }
}

// Steps of 1, 2 or 5 and noughts, of which at most five make the whole.
function steps(whole) {
  for (let ten = 1n; ; ten *= 10n) {
    for (const by of [1n, 2n, 5n]) if (ten * by * 5n >= whole) return ten * by;
  }
}
