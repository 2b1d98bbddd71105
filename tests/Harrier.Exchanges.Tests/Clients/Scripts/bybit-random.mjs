// npm bybit-api: requests, streams, a book kept by the documented rules, hundreds of random operations over HTTP and the order socket.
import { ask, bybitRest, bybitSocket, check, finish, randomness, settings, until, untilHeard } from './clients.mjs';

const operations = 240;
const category = settings.kind;
const linear = category === 'linear';
const symbol = 'BTCUSDT';
const other = 'ETHUSDT';
const rest = bybitRest();
const random = randomness(settings.seed + 1);

const time = await rest.getServerTime();
check(Math.abs(Number(time.result.timeSecond) * 1000 - Date.now()) < 5000, 'time');
const listing = (await rest.getInstrumentsInfo({ category, symbol })).result.list[0];
const tick = Number(listing.priceFilter.tickSize);
const step = linear ? listing.lotSizeFilter.qtyStep : listing.lotSizeFilter.basePrecision;
check(listing.status === 'Trading' && Number(step) > 0, 'listing');
const day = (await rest.getTickers({ category, symbol })).result.list[0];
check(Number(day.lastPrice) > 0 && Number(day.bid1Price) < Number(day.ask1Price), 'day');
const candles = (await rest.getKline({ category, symbol, interval: '1', limit: 50 })).result.list;
check(candles.length === 50 && candles[0].length === 7 && Number(candles[0][0]) > Number(candles[1][0]), 'candles, newest first');
check((await rest.getPublicTradingHistory({ category, symbol, limit: 10 })).result.list.length > 0, 'trades');
const key = (await rest.getQueryApiKey()).result;
check(key.uta === 1 && !key.permissions.Wallet.includes('Withdraw') && key.readOnly === 0, 'key');
check((await rest.getAccountInfo()).result.marginMode === 'REGULAR_MARGIN', 'account');
check(Number((await rest.getFeeRate({ category, symbol })).result.list[0].takerFeeRate) > 0, 'fee');

// The book: a snapshot replaces everything, a delta's number follows the one before.
const book = { number: 0, gaps: 0, bids: new Map(), asks: new Map(), snapshots: 0 };
const set = (side, levels) => levels.forEach(([price, size]) => (Number(size) === 0 ? side.delete(Number(price)) : side.set(Number(price), Number(size))));
function follow(update) {
  if (update.type === 'snapshot') {
    book.bids.clear();
    book.asks.clear();
    book.snapshots++;
  } else if (update.data.u !== book.number + 1) {
    book.gaps++;
  }
  book.number = update.data.u;
  set(book.bids, update.data.b);
  set(book.asks, update.data.a);
}

const orders = new Map();
const fills = new Map();
const wallets = new Map();
const fast = new Set();
const heard = { orders: new Set(), fills: new Set(), fast: new Set() };
let position = null;
let best = null;
let ticker = {};
let publicTrades = 0;
function onUpdate(update) {
  const { topic, data } = update;
  if (topic === `orderbook.1000.${symbol}`) follow(update);
  else if (topic === `orderbook.1.${symbol}`) { check(update.type === 'snapshot', 'depth 1 has snapshots only'); best = data; }
  else if (topic === `publicTrade.${symbol}`) publicTrades += data.length;
  else if (topic === `tickers.${symbol}`) ticker = { ...ticker, ...data };
  else if (topic === 'order') data.forEach(o => (o.symbol === other ? heard.orders.add(o.orderId) : orders.set(o.orderId, slim(o))));
  else if (topic === 'execution') data.filter(e => e.execType === 'Trade').forEach(e => (e.symbol === other ? heard.fills.add(e.orderId) : fills.set(e.execId, e)));
  else if (topic === 'execution.fast') data.forEach(e => (e.symbol === other ? heard.fast.add(e.orderId) : fast.add(e.execId)));
  else if (topic === 'wallet') data[0].coin.forEach(c => wallets.set(c.coin, { total: Number(c.walletBalance) }));
  else if (topic === 'position') data.filter(p => p.symbol === symbol).forEach(p => { position = p; });
}
function slim(o) {
  return { id: o.orderId, status: o.orderStatus, filled: Number(o.cumExecQty), amount: Number(o.qty), price: Number(o.price) };
}

const failures = [];
const open = path => {
  const socket = bybitSocket(path);
  socket.on('update', onUpdate);
  // The order socket tells refusals here too, which its promises tell already.
  socket.on('exception', error => error.isWSAPIResponse || failures.push(error));
  return socket;
};
const market = open(`/v5/public/${category}`);
const own = open('/v5/private');
const trade = open('/v5/trade');
await Promise.all(market.subscribeV5([`orderbook.1000.${symbol}`, `orderbook.1.${symbol}`, `publicTrade.${symbol}`, `tickers.${symbol}`], category));
await Promise.all(own.subscribeV5(['order', 'execution', 'execution.fast', 'position', 'wallet'], category));
await until('the book and trades', () => { if (failures.length > 0) throw new Error(JSON.stringify(failures[0])); return book.snapshots > 0 && publicTrades > 0 && best !== null; });
await untilHeard(
  async isBuy => (await rest.submitOrder({ category, symbol: other, side: isBuy ? 'Buy' : 'Sell', orderType: 'Market', qty: '0.05', marketUnit: linear ? undefined : 'baseCoin' })).result.orderId,
  id => [heard.orders, heard.fills, heard.fast].every(ids => ids.has(id)) && wallets.size > 0);

const middle = () => (Math.max(...book.bids.keys()) + Math.min(...book.asks.keys())) / 2;
const price = factor => String(Math.round((middle() * factor) / tick) * tick).replace(/(\.\d{2})\d+$/, '$1');
const amount = () => (0.002 + random.next() * 0.03).toFixed(5);
const placed = [];
let linked = 0;
const refusals = {};
const send = (operation, params) => (random.next() < 0.4 ? trade.sendWSAPIRequest('v5PrivateTrade', `order.${operation}`, params).then(answer => answer.data)
  : ({ create: p => rest.submitOrder(p), amend: p => rest.amendOrder(p), cancel: p => rest.cancelOrder(p) })[operation](params).then(answer => answer.result));
const limit = (side, at, timeInForce = 'GTC') => ({ category, symbol, side, orderType: 'Limit', qty: amount(), price: at, timeInForce, orderLinkId: `r-${settings.seed}-${++linked}` });
const side = () => random.pick(['Buy', 'Sell']);
const keep = async order => placed.push({ ...(await send('create', order)), side: order.side });
const take = () => placed.splice(random.below(placed.length), 1)[0];
const steps = {
  near: () => keep(limit(side(), price(1 + (random.next() - 0.5) * 0.0006))),
  far: () => { const s = side(); return keep(limit(s, price(s === 'Buy' ? 0.97 - random.next() * 0.1 : 1.03 + random.next() * 0.1))); },
  market: () => send('create', { category, symbol, side: side(), orderType: 'Market', qty: amount(), marketUnit: linear ? undefined : 'baseCoin' }),
  quick: () => send('create', limit(side(), price(1), random.pick(['IOC', 'FOK']))),
  maker: () => keep(limit(side(), price(1 + (random.next() - 0.5) * 0.002), 'PostOnly')),
  cancel: async () => { if (placed.length > 0) await send('cancel', { category, symbol, orderId: take().orderId }); },
  byLink: async () => { if (placed.length > 0) await send('cancel', { category, symbol, orderLinkId: take().orderLinkId }); },
  edit: async () => {
    if (placed.length === 0) return;
    const order = take();
    await send('amend', { category, symbol, orderId: order.orderId, qty: amount(), price: price(order.side === 'Buy' ? 0.98 : 1.02) });
    placed.push(order);
  },
  several: async () => {
    const wanted = [1, 2, 3].map(() => { const s = side(); const { category: _, ...order } = limit(s, price(s === 'Buy' ? 0.95 : 1.05)); return order; });
    const answer = await rest.batchSubmitOrders(category, wanted);
    answer.result.list.forEach((o, i) => answer.retExtInfo.list[i].code === 0 && placed.push({ ...o, side: wanted[i].side }));
  },
};
const weighted = ['near', 'near', 'near', 'far', 'far', 'market', 'quick', 'maker', 'cancel', 'cancel', 'byLink', 'edit', 'several'];
for (let i = 0; i < operations && failures.length === 0; i++) {
  const name = random.pick(weighted);
  try {
    await steps[name]();
  } catch (error) {
    // An order that filled meanwhile, too little money: what a bot meets on any day.
    const code = error.retCode ?? error.code ?? error.body?.retCode;
    check([110001, 170213, 110007, 170131, 110094, 170140, 110017, 10001].includes(code), `${name}: ${code} ${JSON.stringify(error)} ${error.stack ?? ''}`);
    refusals[`${name}:${code}`] = (refusals[`${name}:${code}`] ?? 0) + 1;
  }
}
check(failures.length === 0, JSON.stringify(failures[0]));

ask('pause');
let last = -1;
await until('a quiet book', async () => {
  await new Promise(resolve => setTimeout(resolve, 250));
  const { u } = (await rest.getOrderbook({ category, symbol, limit: 1000 })).result;
  const isQuiet = u === last && book.number === u;
  last = u;
  return isQuiet;
});

async function pages(call, params) {
  const all = [];
  for (let cursor; ;) {
    const { result } = await call({ category, symbol, limit: 50, ...params, cursor });
    all.push(...result.list);
    if (!result.nextPageCursor) return all;
    cursor = result.nextPageCursor;
  }
}

const history = [...await pages(p => rest.getActiveOrders(p)), ...await pages(p => rest.getHistoricOrders(p))].map(slim);
const executions = await pages(p => rest.getExecutionList(p));
await until('every order on the stream', () => history.every(o => JSON.stringify(orders.get(o.id)) === JSON.stringify(o)), 10000)
  .catch(error => { throw new Error(`${error.message} ${JSON.stringify(history.filter(o => JSON.stringify(orders.get(o.id)) !== JSON.stringify(o)).slice(0, 2).map(o => [o, orders.get(o.id)]))}`); });
await until('every fill on the stream', () => executions.every(e => fills.has(e.execId) && fast.has(e.execId)), 10000);
const wallet = (await rest.getWalletBalance({ accountType: 'UNIFIED' })).result.list[0];
const held = linear ? (await rest.getPositionInfo({ category, symbol })).result.list : [];
check(linear === (position !== null), 'positions on the stream');
const money = Object.fromEntries(wallet.coin.map(c => [c.coin, { total: Number(c.walletBalance), used: Number(c.locked), free: Number(c.walletBalance) - Number(c.locked) }]));
const fillOf = e => ({ id: e.execId, order: e.orderId, amount: Number(e.execQty), price: Number(e.execPrice), fee: Number(e.execFee), feeAsset: e.feeCurrency });
const sorted = (map, sign) => [...map.entries()].sort((a, b) => sign * (a[0] - b[0]));
[market, own, trade].forEach(socket => socket.closeAll(true));
finish({
  refusals,
  gaps: book.gaps,
  publicTrades,
  ticker: Object.keys(ticker).length,
  book: { nonce: null, bids: sorted(book.bids, -1), asks: sorted(book.asks, 1) },
  orders: history,
  streamOrders: [...orders.values()],
  fills: executions.map(fillOf),
  streamFills: [...fills.values()].map(fillOf),
  balances: money,
  streamBalances: Object.fromEntries(wallets),
  positions: held.filter(p => Number(p.size) > 0).map(p => ({ contracts: Number(p.size), side: p.side === 'Sell' ? 'short' : 'long', entry: Number(p.avgPrice) })),
});
