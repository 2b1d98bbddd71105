const timeSteps = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800, 1209600];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

function niceTicks(low, high, count) {
  if (!(high > low)) return [low];
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 2.5, 5, 10].find(factor => factor * power >= raw * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

function logTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of [1, 2, 5]) {
      const value = factor * 10 ** power;
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks.length >= 2 ? ticks : niceTicks(low, high, 4);
}

function timeTicks(from, to, count) {
  const raw = (to - from) / Math.max(1, count);
  const step = timeSteps.find(candidate => candidate >= raw);
  const ticks = [];
  if (step) {
    for (let t = Math.ceil(from / step) * step; t <= to; t += step) ticks.push({ t, label: tickLabel(t, step) });
    return ticks;
  }
  const months = monthSteps.find(candidate => candidate * 2629800 >= raw) || 240;
  const first = new Date(from * 1000);
  let index = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (; ; index += months) {
    const t = Date.UTC(Math.floor(index / 12), index % 12) / 1000;
    if (t > to) return ticks;
    if (t >= from) ticks.push({ t, label: index % 12 === 0 || months >= 12 ? String(Math.floor(index / 12)) : monthNames[index % 12] });
  }
}

function tickLabel(seconds, step) {
  const date = new Date(seconds * 1000);
  if (step < 86400 && seconds % 86400 !== 0) return moment(seconds).slice(11);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]}`;
}

// First index whose value is not below the wanted one.
function lowerBound(values, wanted) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(values, wanted) {
  const i = lowerBound(values, wanted);
  if (i === 0) return 0;
  if (i === values.length) return values.length - 1;
  return wanted - values[i - 1] <= values[i] - wanted ? i - 1 : i;
}

function fixed(value) {
  return value.toFixed(1);
}

function linePath(xs, ys, x, y, from, to) {
  let path = "";
  for (let i = from; i < to; i++) path += (i === from ? "M" : "L") + fixed(x(xs[i])) + " " + fixed(y(ys[i]));
  return path;
}

function areaPath(xs, ys, x, y, base, from, to) {
  if (to <= from) return "";
  return linePath(xs, ys, x, y, from, to) + `L${fixed(x(xs[to - 1]))} ${fixed(base)}L${fixed(x(xs[from]))} ${fixed(base)}Z`;
}

function extentOf(arrays, from, to) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of arrays) {
    for (let i = from; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

function padded([low, high], share) {
  const room = (high - low) * share || Math.abs(high) * 0.01 || 1;
  return [low - room, high + room];
}

function linear(low, high, start, end) {
  const factor = (end - start) / (high - low || 1);
  return value => start + (value - low) * factor;
}

function logarithmic(low, high, start, end) {
  const scale = linear(Math.log(low), Math.log(high), start, end);
  return value => scale(Math.log(value));
}

function tipBox(host) {
  const box = el("div", { class: "tip", hidden: true });
  host.append(box);
  return {
    show(x, rows) {
      box.replaceChildren(...rows);
      box.hidden = false;
      const width = box.offsetWidth;
      const room = host.clientWidth;
      box.style.left = Math.max(0, x + 14 + width > room ? x - 14 - width : x + 14) + "px";
    },
    hide() {
      box.hidden = true;
    },
  };
}

function tipRow(name, value, className) {
  return el("div", null, el("span", null, name), el("span", { class: className }, value));
}

function whenResized(host, draw) {
  let width = 0;
  new ResizeObserver(() => {
    if (host.clientWidth === width || host.clientWidth === 0) return;
    width = host.clientWidth;
    // Drawing inside the callback could change the size that is being reported.
    requestAnimationFrame(() => draw(width));
  }).observe(host);
}
