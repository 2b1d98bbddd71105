function empty(text) {
  return el("p", { class: "empty" }, text);
}

function facts(pairs) {
  return el("table", { class: "facts" }, el("tbody", null, ...pairs.map(([name, value, isHash]) =>
    el("tr", null, el("th", { scope: "row" }, name), el("td", { class: isHash ? "wrap hash" : "wrap" }, value)))));
}

function plain(value) {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.map(plain).join(", ") : String(value);
}

function drawMonthly(host, monthly) {
  const entries = Object.entries(monthly).filter(([, value]) => isNumber(value));
  if (entries.length === 0) {
    host.append(empty("No months."));
    return;
  }
  const years = [...new Set(entries.map(([key]) => key.slice(0, 4)))];
  const values = new Map(entries);
  const largest = Math.max(0.02, ...entries.map(([, value]) => Math.min(0.5, Math.abs(value))));
  const rows = years.map(year => {
    let total = 1;
    const cells = monthNames.map((name, index) => {
      const value = values.get(`${year}-${two(index + 1)}`);
      if (value === undefined) return el("td", { class: "none" }, "\u00b7");
      total *= 1 + value;
      const cell = el("td", { class: `month ${tone(value)}`, title: `${name} ${year}: ${signedPercent(value)}` }, signedPercent(value, 1));
      cell.style.setProperty("--strength", Math.round(8 + 54 * Math.min(1, Math.abs(value) / largest)) + "%");
      return cell;
    });
    return el("tr", null, el("th", { scope: "row" }, year), ...cells, el("td", { class: `total ${tone(total - 1)}` }, signedPercent(total - 1, 1)));
  });
  const head = el("tr", null, el("th", { scope: "col" }, "Year"), ...monthNames.map(name => el("th", { scope: "col" }, name)), el("th", { scope: "col" }, "Year total"));
  host.append(el("table", { class: "heat" }, el("thead", null, head), el("tbody", null, ...rows)));
}

function drawHistogram(host, histogram) {
  const { first, width, counts } = histogram;
  if (counts.length === 0) {
    host.append(empty("No trades."));
    return;
  }
  const tip = tipBox(host);
  const height = 240;
  const most = Math.max(...counts);
  whenResized(host, room => {
    const right = room - 44;
    const x = linear(first, first + width * counts.length, 2, right);
    const y = linear(0, most * 1.05, height, 8);
    const root = svg("svg", { viewBox: `0 0 ${room} ${height + 24}`, role: "img", "aria-label": "Histogram of profit and loss per trade" });
    for (const tick of niceTicks(0, most * 1.05, 4).filter(Number.isInteger)) {
      root.append(svg("path", { class: "grid", d: `M2 ${Math.round(y(tick)) + 0.5}H${right}` }), svg("text", { x: right + 7, y: y(tick) + 4 }, compact(tick)));
    }
    counts.forEach((count, i) => {
      const low = first + i * width;
      const bar = svg("rect", {
        class: low < -width / 2 ? "bin down" : "bin up",
        x: fixed(x(low) + 0.75), y: fixed(y(count)), width: fixed(Math.max(1, x(low + width) - x(low) - 1.5)), height: fixed(height - y(count)), rx: 1.5,
      });
      const hit = svg("rect", { x: fixed(x(low)), y: 0, width: fixed(x(low + width) - x(low)), height, fill: "transparent" });
      hit.addEventListener("pointerenter", () => {
        bar.classList.add("near");
        const from = i === 0 && histogram.open_below ? "below" : compact(low);
        const to = i === counts.length - 1 && histogram.open_above ? "above" : compact(low + width);
        tip.show(x(low + width / 2), [el("b", null, `${from} to ${to}`), tipRow("trades", number(count, 0))]);
      });
      hit.addEventListener("pointerleave", () => {
        bar.classList.remove("near");
        tip.hide();
      });
      root.append(bar, hit);
    });
    if (first < 0 && first + width * counts.length > 0) root.append(svg("path", { class: "zeroline", d: `M${Math.round(x(0)) + 0.5} 4V${height}` }));
    for (const tick of niceTicks(first, first + width * counts.length, Math.max(2, Math.floor(room / 90)))) {
      root.append(svg("text", { x: x(tick), y: height + 17, "text-anchor": x(tick) < 20 ? "start" : "middle", class: tick === 0 ? "zero" : null }, compact(tick)));
    }
    replaceChart(host, root);
  });
}

function replaceChart(host, root) {
  host.querySelector(":scope > svg")?.remove();
  host.prepend(root);
}

function drawScatter(host, markers) {
  if (markers.length === 0) {
    host.append(empty("No trades."));
    return;
  }
  const tip = tipBox(host);
  const points = markers.map(([id, symbol, isLong, entry, exit, , , pnl, reason]) => ({ id, symbol, isLong, minutes: Math.max((exit - entry) / 60, 1 / 60), pnl, reason }));
  const height = 240;
  const longest = Math.max(...points.map(p => p.minutes)) * 1.15;
  const shortest = Math.min(...points.map(p => p.minutes), longest / 4) / 1.15;
  const [low, high] = padded(extentOf([points.map(p => p.pnl).concat(0)], 0, points.length + 1), 0.06);
  const marks = [1 / 60, 1 / 6, 1, 5, 15, 60, 240, 1440, 4320, 10080, 43200, 129600, 525600];
  whenResized(host, room => {
    const right = room - 56;
    const x = logarithmic(shortest, longest, 6, right);
    const y = linear(low, high, height, 6);
    const root = svg("svg", { viewBox: `0 0 ${room} ${height + 24}`, role: "img", "aria-label": "Profit and loss of each trade by its length" });
    for (const tick of niceTicks(low, high, 4)) {
      const at = Math.round(y(tick)) + 0.5;
      root.append(svg("path", { class: tick === 0 ? "zeroline" : "grid", d: `M2 ${at}H${right}` }), svg("text", { x: right + 7, y: at + 4 }, compact(tick)));
    }
    let lastLabel = -80;
    for (const tick of marks.filter(mark => mark >= shortest && mark <= longest)) {
      const at = x(tick);
      if (at - lastLabel < 58 || at > right - 8) continue;
      lastLabel = at;
      root.append(svg("path", { class: "grid", d: `M${Math.round(at) + 0.5} 6V${height}` }), svg("text", { x: at, y: height + 17, "text-anchor": at < 20 ? "start" : "middle" }, span(tick)));
    }
    const dots = points.map(p => svg("circle", { class: "dot " + (tone(p.pnl) || "up"), cx: fixed(x(p.minutes)), cy: fixed(y(p.pnl)), r: points.length > 600 ? 2.4 : 3.4 }));
    root.append(...dots);
    let near = -1;
    const show = index => {
      if (near >= 0) dots[near].classList.remove("near");
      near = index;
      if (near < 0) {
        tip.hide();
        return;
      }
      const p = points[near];
      dots[near].classList.add("near");
      tip.show(x(p.minutes), [
        el("b", null, `#${p.id} ${p.symbol} ${p.isLong ? "long" : "short"}`), tipRow("in trade", span(p.minutes)),
        tipRow("profit and loss", money(p.pnl, true), tone(p.pnl)), tipRow("exit", words(p.reason)),
      ]);
    };
    root.addEventListener("pointermove", event => {
      const box = root.getBoundingClientRect();
      const distance = p => Math.hypot(x(p.minutes) - (event.clientX - box.left), y(p.pnl) - (event.clientY - box.top));
      let best = 0;
      for (let i = 1; i < points.length; i++) if (distance(points[i]) < distance(points[best])) best = i;
      show(distance(points[best]) < 24 ? best : -1);
    });
    root.addEventListener("pointerleave", () => show(-1));
    replaceChart(host, root);
  });
}

const tradeColumns = [
  ["#", "number", v => String(v)], ["Symbol", "text"], ["Side", "text"], ["Entry", "text", isoMoment], ["Exit", "text", isoMoment],
  ["Entry price", "number", v => price(Number(v))], ["Exit price", "number", v => price(Number(v))], ["Quantity", "number", v => trimmed(Number(v))],
  ["Fees", "number", v => money(v)], ["Funding", "number", v => money(v, true)], ["PnL", "number", v => money(v, true)], ["Exit reason", "text", words],
];

function drawTrades(host, trades) {
  if (trades.length === 0) {
    host.append(empty("No trades."));
    return;
  }
  const body = el("tbody");
  const heads = tradeColumns.map(([name, kind], column) => {
    const button = el("button", { type: "button", title: `Sort by ${name}` }, name);
    const head = el("th", { scope: "col", class: kind === "text" ? "text" : null }, button);
    button.addEventListener("click", () => sort(column, head));
    return head;
  });
  const rows = trades.map(trade => el("tr", null, ...trade.map((value, column) => {
    const [, kind, show] = tradeColumns[column];
    const className = kind === "text" ? "text" : column === 10 || (column === 9 && Number(value) !== 0) ? tone(value) : null;
    return el("td", { class: className, title: kind === "number" && column > 4 ? value : null }, show ? show(value) : value);
  })));
  function sort(column, head) {
    const descending = head.getAttribute("aria-sort") === "ascending";
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const isText = tradeColumns[column][1] === "text";
    const order = trades.map((trade, i) => i).sort((a, b) => {
      const difference = isText ? (trades[a][column] < trades[b][column] ? -1 : trades[a][column] > trades[b][column] ? 1 : 0) : Number(trades[a][column]) - Number(trades[b][column]);
      return (descending ? -difference : difference) || a - b;
    });
    body.replaceChildren(...order.map(i => rows[i]));
  }
  body.append(...rows);
  heads[0].setAttribute("aria-sort", "ascending");
  host.tabIndex = 0;
  host.append(el("table", null, el("thead", null, el("tr", null, ...heads)), body));
}

function drawOutcomes(host, name, outcomes) {
  const head = [name, "Trades", "Win rate", "Mean R", "PnL", "Profit factor"].map((text, i) => el("th", { scope: "col", class: i === 0 ? "text" : null }, text));
  const rows = Object.entries(outcomes).map(([kind, one]) => el("tr", null,
    el("td", { class: "text" }, kind), el("td", null, number(one.trades, 0)), el("td", null, percent(one.win_rate, 1)), el("td", { class: tone(one.mean_r) }, number(one.mean_r)),
    el("td", { class: tone(one.pnl), title: one.pnl }, money(one.pnl, true)), el("td", null, number(one.profit_factor))));
  host.append(el("table", null, el("thead", null, el("tr", null, ...head)), el("tbody", null, ...rows)));
}

function drawBreakdown(host, breakdown) {
  const head = ["Side", "Exit reason", "Trades", "Win rate", "PnL"].map((name, i) => el("th", { scope: "col", class: i < 2 ? "text" : null }, name));
  const rows = breakdown.map(([side, reason, count, wins, pnl]) => el("tr", null,
    el("td", { class: "text" }, side), el("td", { class: "text" }, words(reason)), el("td", null, number(count, 0)),
    el("td", null, percent(wins / count, 1)), el("td", { class: tone(pnl), title: pnl }, money(pnl, true))));
  host.append(el("table", null, el("thead", null, el("tr", null, ...head)), el("tbody", null, ...rows)));
}
