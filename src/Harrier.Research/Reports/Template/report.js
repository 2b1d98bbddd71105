const result = data.result;
const metrics = result.metrics;
const curve = data.curve;
const unit = result.numeraire;
const isLog = { equity: false, price: false };
let shownSeries = 0;

function drawHead() {
  byId("strategy").append(result.strategy);
  const failed = result.checks.filter(check => !check.passed);
  for (const check of failed) {
    byId("banners").append(el("p", { class: "banner", role: "alert" }, el("b", null, `Check failed: ${words(check.name)}`), check.detail));
  }
  const chips = [
    ["strong", result.symbols.length > 4 ? `${result.symbols.slice(0, 3).join(", ")} and ${result.symbols.length - 3} more` : result.symbols.join(", ")], ["", result.interval], ["", result.venue], ["", `${isoMoment(result.from)} to ${isoMoment(result.to)} UTC`],
    ["", `${number(result.bars, 0)} bars`],
  ];
  if (data.simulated) chips.push(["warn", "simulated market, not a real venue"]);
  if (failed.length > 0) chips.push(["warn", `${failed.length} of ${result.checks.length} checks failed`]);
  else if (result.checks.length > 0) chips.push(["good", `${result.checks.length} ${result.checks.length === 1 ? "check" : "checks"} passed`]);
  byId("chips").append(...chips.map(([kind, text]) => el("li", { class: kind || null }, text)));
}

function figure(name, value, more, className) {
  return el("div", { class: "figure" }, el("div", { class: "name" }, name), el("div", { class: "value " + (className || "") }, value), el("div", { class: "more" }, more));
}

function drawFigures() {
  const [low, high] = data.win_rate_interval;
  const few = metrics.trades > 0 && metrics.trades < 30 ? "fewer than 30 trades prove little" : `${percent(metrics.exposure, 0)} of the time in the market`;
  const short = data.daily_returns < 30 ? `from ${data.daily_returns} daily returns only` : `Sortino ${number(metrics.sortino)}, Calmar ${number(metrics.calmar)}`;
  byId("figures").append(
    figure("Total return", signedPercent(metrics.total_return), `buy and hold ${signedPercent(metrics.buy_and_hold_return)}`, tone(metrics.total_return)),
    figure("Final equity", money(result.final_equity), `${unit}, from ${money(result.initial_equity)}`),
    figure("Max drawdown", metrics.max_drawdown > 0 ? "\u2212" + percent(metrics.max_drawdown) : percent(metrics.max_drawdown), isNumber(metrics.max_drawdown_days) ? `${number(metrics.max_drawdown_days, 1)} days under water` : "never under water", metrics.max_drawdown > 0 ? "down" : ""),
    figure("Annual return", signedPercent(metrics.annual_return), isNumber(metrics.annual_return) ? `volatility ${percent(metrics.volatility, 1)}` : "needs 30 days of data", tone(metrics.annual_return)),
    figure("Sharpe ratio", number(metrics.sharpe), short),
    figure("Profit factor", number(metrics.profit_factor), metrics.trades > 0 ? `expectancy ${money(metrics.expectancy, true)} ${unit}` : "no trades"),
    figure("Win rate", percent(metrics.win_rate, 1), isNumber(low) ? `95 % interval ${number(low * 100, 0)} to ${percent(high, 0)}` : "no trades"),
    figure("Trades", number(metrics.trades, 0), few));
}

function tool(host, text, pressed, click) {
  const button = el("button", { type: "button", "aria-pressed": pressed === null ? null : String(pressed) }, text);
  button.addEventListener("click", () => click(button));
  host.append(button);
  return button;
}

function addReset(host) {
  const button = tool(host, "Reset zoom", null, () => setView(view.first, view.last));
  const update = () => { button.hidden = !isZoomed(); };
  view.watchers.push(update);
  update();
}

function addLogScale(host, chart, redraw) {
  tool(host, "Log scale", isLog[chart], button => {
    isLog[chart] = !isLog[chart];
    button.setAttribute("aria-pressed", String(isLog[chart]));
    redraw();
  });
}

function drawEquity() {
  const host = byId("equity-chart");
  if (curve.time.length < 2) {
    host.append(empty("No equity curve was stored."));
    return;
  }
  const hasHold = curve.hold.length === curve.time.length;
  const lines = hasHold ? [curve.equity, curve.hold] : [curve.equity];
  const symbol = result.symbols[0] || "";
  const redraw = timeChart(host, {
    label: `Equity from ${money(result.initial_equity)} to ${money(result.final_equity)} ${unit} with drawdown beneath`,
    rows: [
      {
        height: 280, format: compact, isLog: () => isLog.equity,
        extent: (from, to) => padded(extentOf(lines, ...visible(curve.time, from, to)), isLog.equity ? 0 : 0.05),
        draw(plot) {
          const range = visible(curve.time, plot.from, plot.to);
          plot.area.append(svg("path", { class: "area equity", d: areaPath(curve.time, curve.equity, plot.x, plot.y, plot.height, ...range) }));
          if (hasHold) plot.area.append(svg("path", { class: "line hold", d: linePath(curve.time, curve.hold, plot.x, plot.y, ...range) }));
          plot.area.append(svg("path", { class: "line equity", d: linePath(curve.time, curve.equity, plot.x, plot.y, ...range) }));
        },
      },
      {
        height: 96, ticks: 3, format: value => trimmed(Number((-value * 100).toPrecision(6))) + " %",
        extent: (from, to) => [Math.max(0.001, extentOf([curve.drawdown], ...visible(curve.time, from, to))[1]) * 1.06, 0],
        draw(plot) {
          const range = visible(curve.time, plot.from, plot.to);
          plot.area.append(
            svg("path", { class: "area depth", d: areaPath(curve.time, curve.drawdown, plot.x, plot.y, 0, ...range) }),
            svg("path", { class: "line depth", d: linePath(curve.time, curve.drawdown, plot.x, plot.y, ...range) }));
        },
      },
    ],
    tip(time) {
      const i = nearest(curve.time, time);
      const change = curve.equity[i] / curve.equity[0] - 1;
      const rows = [el("b", null, moment(curve.time[i])), tipRow("equity", money(curve.equity[i])), tipRow("return", signedPercent(change), tone(change))];
      const spots = [{ row: 0, value: curve.equity[i], kind: "equity" }, { row: 1, value: curve.drawdown[i], kind: "depth" }];
      if (hasHold) {
        const held = curve.hold[i] / curve.hold[0] - 1;
        rows.push(tipRow("buy and hold", signedPercent(held), tone(held)));
        spots.unshift({ row: 0, value: curve.hold[i], kind: "hold" });
      }
      rows.push(tipRow("drawdown", percent(-curve.drawdown[i])));
      return { time: curve.time[i], rows, spots };
    },
  });
  byId("equity-legend").append(sample("equity", `equity, ${unit}`), hasHold ? sample("hold", `buy and hold ${symbol}`) : "", sample("depth", "drawdown"));
  addReset(byId("equity-tools"));
  addLogScale(byId("equity-tools"), "equity", redraw);
  const thinned = curve.stored > curve.time.length ? ` Drawn are ${number(curve.time.length, 0)} of ${number(curve.stored, 0)} stored points, highs and lows kept.` : "";
  byId("equity-note").append(`Drag to zoom, double-click to reset.${thinned}`);
}

function drawBars(plot, series) {
  const [from, to] = visible(series.end, plot.from, plot.to);
  const room = plot.width / Math.max(1, to - from);
  if (room < 5) {
    plot.area.append(svg("path", {
      class: "area range",
      d: linePath(series.end, series.high, plot.x, plot.y, from, to) + linePath([...series.end].reverse(), [...series.low].reverse(), plot.x, plot.y, series.end.length - to, series.end.length - from).replace("M", "L") + "Z",
    }), svg("path", { class: "line close", d: linePath(series.end, series.close, plot.x, plot.y, from, to) }));
    return;
  }
  const half = Math.min(room * 0.34, 9);
  const paths = { rise: "", fall: "" };
  for (let i = from; i < to; i++) {
    const x = plot.x((series.start[i] + series.end[i]) / 2);
    const top = plot.y(Math.max(series.open[i], series.close[i]));
    const bottom = Math.max(plot.y(Math.min(series.open[i], series.close[i])), top + 0.8);
    paths[series.close[i] >= series.open[i] ? "rise" : "fall"] +=
      `M${fixed(x)} ${fixed(plot.y(series.high[i]))}V${fixed(top)}M${fixed(x)} ${fixed(bottom)}V${fixed(plot.y(series.low[i]))}`
      + `M${fixed(x - half)} ${fixed(top)}H${fixed(x + half)}V${fixed(bottom)}H${fixed(x - half)}Z`;
  }
  plot.area.append(svg("path", { class: "candle rise", d: paths.rise }), svg("path", { class: "candle fall", d: paths.fall }));
}

function drawMarks(plot, marks) {
  const shown = marks.filter(mark => mark.exit >= plot.from && mark.entry <= plot.to);
  const size = shown.length > 300 ? 3 : shown.length > 80 ? 4 : 5.5;
  const links = { up: "", down: "" };
  const exits = { up: "", down: "" };
  let entries = "";
  for (const mark of shown) {
    const kind = mark.pnl >= 0 ? "up" : "down";
    const [x1, y1, x2, y2] = [plot.x(mark.entry), plot.y(mark.entryPrice), plot.x(mark.exit), plot.y(mark.exitPrice)];
    links[kind] += `M${fixed(x1)} ${fixed(y1)}L${fixed(x2)} ${fixed(y2)}`;
    const point = mark.isLong ? size : -size;
    entries += `M${fixed(x1)} ${fixed(y1 - point)}L${fixed(x1 + size)} ${fixed(y1 + point)}H${fixed(x1 - size)}Z`;
    const r = fixed(size * 0.75);
    exits[kind] += `M${fixed(x2 - size * 0.75)} ${fixed(y2)}a${r} ${r} 0 1 0 ${fixed(size * 1.5)} 0a${r} ${r} 0 1 0 ${fixed(-size * 1.5)} 0Z`;
  }
  const dense = shown.length > 300 ? " dense" : "";
  for (const kind of ["up", "down"]) plot.area.append(svg("path", { class: "link " + kind, d: links[kind] }));
  plot.area.append(svg("path", { class: "mark entry" + dense, d: entries }));
  for (const kind of ["down", "up"]) plot.area.append(svg("path", { class: "mark " + kind + dense, d: exits[kind] }));
}

function drawPrices() {
  const host = byId("price-chart");
  const withBars = data.prices.filter(series => series.end.length > 0);
  if (withBars.length === 0) {
    host.append(empty("No bars."));
    return;
  }
  const marks = data.markers.map(([id, symbol, isLong, entry, exit, entryPrice, exitPrice, pnl, reason]) => ({ id, symbol, isLong, entry, exit, entryPrice, exitPrice, pnl, reason }));
  const series = () => withBars[shownSeries];
  const own = () => marks.filter(mark => mark.symbol === series().symbol);
  const redraw = timeChart(host, {
    label: "Price with entries and exits",
    rows: [{
      height: 340, format: trimmed, isLog: () => isLog.price,
      extent: (from, to) => padded(extentOf([series().high, series().low], ...visible(series().end, from, to)), isLog.price ? 0 : 0.06),
      draw(plot) {
        drawBars(plot, series());
        drawMarks(plot, own());
      },
    }],
    tip(time, pointer, plots, frame) {
      const bars = series();
      const i = nearest(bars.end, time);
      const rows = [el("b", null, moment(bars.start[i])), tipRow("open", price(bars.open[i])), tipRow("high", price(bars.high[i])), tipRow("low", price(bars.low[i])), tipRow("close", price(bars.close[i]))];
      const mark = nearMark(own(), pointer, plots[0], frame);
      if (mark) {
        rows.push(el("hr"), el("b", null, `#${mark.id} ${mark.isLong ? "long" : "short"}, ${span((mark.exit - mark.entry) / 60)}`),
          tipRow("entry", price(mark.entryPrice)), tipRow("exit", price(mark.exitPrice)),
          tipRow("profit and loss", money(mark.pnl, true), tone(mark.pnl)), tipRow("exit by", words(mark.reason)));
      }
      return { time: bars.end[i], rows, spots: [{ row: 0, value: bars.close[i], kind: "close" }] };
    },
  });
  byId("price-legend").append(sample("entryLong", "long entry"), sample("entryShort", "short entry"), sample("win", "exit with profit"), sample("loss", "exit with loss"));
  addReset(byId("price-tools"));
  addLogScale(byId("price-tools"), "price", redraw);
  if (withBars.length > 1) {
    const buttons = withBars.map((one, i) => tool(byId("price-tools"), one.symbol, i === 0, () => {
      shownSeries = i;
      buttons.forEach((button, j) => button.setAttribute("aria-pressed", String(j === i)));
      note();
      redraw();
    }));
  }
  function note() {
    const parts = [];
    if (series().bars > series().end.length) parts.push(`${number(series().bars, 0)} bars are merged to ${number(series().end.length, 0)}.`);
    if (metrics.trades > marks.length) parts.push(`Marked are ${number(marks.length, 0)} of ${number(metrics.trades, 0)} trades: first, last, best, worst and an even selection.`);
    if (data.series_total > data.prices.length) parts.push(`Charted are ${data.prices.length} of ${data.series_total} symbols.`);
    byId("price-note").replaceChildren(parts.join(" "));
  }
  note();
}

function nearMark(marks, pointer, plot, frame) {
  let best = null;
  let least = 16;
  for (const mark of marks) {
    for (const [time, value] of [[mark.entry, mark.entryPrice], [mark.exit, mark.exitPrice]]) {
      const distance = Math.hypot(frame.left + plot.x(time) - pointer.px, plot.top + plot.y(value) - pointer.py);
      if (distance < least) {
        least = distance;
        best = mark;
      }
    }
  }
  return best;
}

function drawMetrics() {
  const groups = [
    ["Return", [
      ["Total return", signedPercent(metrics.total_return)], ["Buy and hold", signedPercent(metrics.buy_and_hold_return), "First symbol from first open to last close, without costs"],
      ["Annual return", signedPercent(metrics.annual_return), "Compound, 365 days a year; undefined below 30 daily returns"], ["Sharpe", number(metrics.sharpe), "Daily returns on UTC days, zero days included, times the root of 365"],
      ["Sortino", number(metrics.sortino), "Downside deviation over all days"], ["Calmar", number(metrics.calmar), "Annual return / maximum drawdown"],
      ["Tail ratio", number(metrics.tail_ratio), "95 % quantile of daily returns / size of the 5 % quantile"]]],
    ["Risk", [
      ["Max drawdown", percent(metrics.max_drawdown), "On every bar, from the highest equity so far, initial equity included"], ["Drawdown from", isoMoment(metrics.max_drawdown_start)], ["Lowest at", isoMoment(metrics.max_drawdown_end)],
      ["Days under water", number(metrics.max_drawdown_days, 1), "From the peak back to it, or to the end of the data"], ["Volatility", percent(metrics.volatility), "Of daily returns, per year"],
      ["VaR 95 %, one day", percent(metrics.var_95), "Historical"], ["CVaR 95 %, one day", percent(metrics.cvar_95), "Mean of the worst 5 % of days"], ["Ulcer index", percent(metrics.ulcer_index), "Root mean square of drawdowns"]]],
    ["Trades", [
      ["Trades", number(metrics.trades, 0)], ["Win rate", percent(metrics.win_rate, 1), "Trades above 0 / all trades"], ["Profit factor", number(metrics.profit_factor), "Undefined without a loss"],
      ["Expectancy", money(metrics.expectancy, true), `Mean profit per trade in ${unit}`], ["Average win", money(metrics.avg_win, true)], ["Average loss", money(metrics.avg_loss, true)],
      ["Average length", span(metrics.avg_trade_minutes)], ["SQN", number(metrics.sqn), "System quality number; N capped at 100; on multiples of risk when every trade had a stop"]]],
    ["Activity and costs", [
      ["Time in market", percent(metrics.exposure, 1), "Share of bars with a position at the close"], ["Mean gross exposure", percent(data.mean_gross_exposure, 1), "Mean of position value / equity"],
      ["Turnover", isNumber(metrics.turnover) ? number(metrics.turnover, 1) + " x" : missing, "Traded value / mean equity, per year"], [`Fees, ${unit}`, money(metrics.fees)], [`Funding, ${unit}`, money(metrics.funding, true), "Above 0: received"],
      ["Orders sent", number(result.orders.submitted, 0)], ["Orders denied by us", number(result.orders.denied, 0)], ["Orders rejected", number(result.orders.rejected, 0)],
      ["Fill ratio", percent(result.execution.fill_ratio, 1), "Value filled / value ordered of market and limit orders; targets and stops left out"],
      ["Slippage, bps", number(result.execution.slippage_bps), "Fills against the price expected at the decision, weighted by value; above 0 for worse"],
      ["Time to fill", !isNumber(result.execution.ms_to_fill) ? missing : result.execution.ms_to_fill < 60000 ? number(result.execution.ms_to_fill, 1) + " ms" : span(result.execution.ms_to_fill / 60000), "From the decision to the fill at the venue"]]],
  ];
  byId("metrics").append(...groups.map(([name, rows]) => el("div", null, el("h3", null, name),
    el("dl", null, ...rows.map(([label, value, hint]) => el("div", null, el("dt", { title: hint }, label), el("dd", null, value)))))));
}

function drawFacts() {
  byId("assumptions").append(facts(Object.entries(result.assumptions).map(([name, value]) => [words(name), plain(value)])));
  const parameters = Object.entries(result.parameters);
  byId("parameters").append(parameters.length > 0 ? facts(parameters.map(([name, value]) => [name, plain(value)])) : empty("None."));
  byId("checks").append(...result.checks.map(check => el("div", { class: check.passed ? "check" : "check failed" },
    el("span", { class: "state" }, check.passed ? "\u2713" : "\u2717"), el("span", { class: "name" }, words(check.name) + (check.passed ? "" : ": failed")), el("span", { class: "detail" }, check.detail))));
  byId("run").append(facts([
    ["state hash", result.state_hash, true], ["data hash", result.data_hash, true], ["config hash", result.config_hash, true],
    ["seed", String(result.seed)], ["Harrier version", result.version], ["currency", unit],
  ]));
  byId("footer").append(`Harrier ${result.version}. Past results say nothing certain about the future.`);
}

view.first = view.from = curve.time[0];
view.last = view.to = Math.max(curve.time[curve.time.length - 1], view.first + 1);
drawHead();
drawFigures();
drawEquity();
drawPrices();
drawMonthly(byId("monthly"), result.monthly);
drawHistogram(byId("histogram"), data.histogram);
drawScatter(byId("scatter"), data.markers);
drawMetrics();
if (data.breakdown.length > 0) drawBreakdown(byId("breakdown"), data.breakdown);
else byId("breakdown-card").remove();
if (Object.keys(result.by_setup).length > 0) {
  drawOutcomes(byId("by-setup"), "Setup", result.by_setup);
  drawOutcomes(byId("by-confluence"), "What agreed", result.by_confluence);
} else byId("outcomes-cards").remove();
if (metrics.trades > data.trades.length) byId("trades-note").append(`${number(data.trades.length, 0)} of ${number(metrics.trades, 0)}: the first, last, best, worst and an even selection. All are in trades.csv.`);
drawTrades(byId("trades"), data.trades);
drawFacts();
