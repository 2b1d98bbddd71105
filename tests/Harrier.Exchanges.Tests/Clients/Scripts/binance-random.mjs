// npm binance: requests, streams, a book kept by the documented rules, hundreds of random operations over HTTP and the WebSocket API.
import { ask, check, finish, randomness, restClient, settings, socketApi, socketClient, until, untilHeard } from './clients.mjs';

const operations = 240;
const linear = settings.kind === 'linear';
const symbol = 'BTCUSDT';
const other = 'ETHUSDT';
const rest = restClient(settings.kind);
const sockets = socketClient();
const api = socketApi();
const random = randomness(settings.seed + 1);
const now = Date.now();

const info = await rest.getExchangeInfo();
const listing = info.symbols.find(s => s.symbol === symbol);
const filter = type => listing.filters.find(f => f.filterType === type);
const tick = Number(filter('PRICE_FILTER').tickSize);
check(listing.status === 'TRADING' && Number(filter('LOT_SIZE').stepSize) > 0, 'listing');
// Its spot client asks the real host for the time, whatever address it was given.
if (linear) check(Math.abs(await rest.getServerTime() - now) < 5000, 'time');
const day = await rest.get24hrChangeStatistics({ symbol });
check(Number(day.lastPrice) > 0, 'day');
const candles = await rest.getKlines({ symbol, interval: '1m', limit: 50 });
check(candles.length === 50 && candles[0].length === 12, 'candles');
check((await rest.getAggregateTrades({ symbol, limit: 10 })).length > 0, 'trades');
const best = await rest.getSymbolOrderBookTicker({ symbol });
check(Number(best.bidPrice) < Number(best.askPrice), 'best');

// The book: snapshot and differences joined as the venue documents it.
const book = { id: 0, bids: new Map(), asks: new Map(), buffer: [], gaps: 0 };
const set = (side, levels) => levels.forEach(([price, quantity]) => (Number(quantity) === 0 ? side.delete(Number(price)) : side.set(Number(price), Number(quantity))));
function follow(update) {
  if (book.id === 0) {
    book.buffer.push(update);
    return;
  }
  if (update.u < book.id || (!linear && update.u === book.id)) return;
  const follows = linear ? update.pu === book.id || (book.isFresh && update.U <= book.id && update.u >= book.id) : update.U <= book.id + 1 && (book.isFresh || update.U === book.id + 1);
  if (!follows) book.gaps++;
  book.isFresh = false;
  book.id = update.u;
  set(book.bids, update.b);
  set(book.asks, update.a);
}

const orders = new Map();
const fills = new Map();
const wallets = new Map();
let position = null;
let lite = 0;
let publicTrades = 0;
const heard = { orders: new Set(), fills: new Set() };
function onUser(event) {
  const order = event.e === 'ORDER_TRADE_UPDATE' ? event.o : event;
  if (order.s === other && 'X' in order) {
    (order.x === 'TRADE' ? heard.fills : heard.orders).add(order.i);
    return;
  }
  switch (event.e) {
    case 'executionReport':
      orders.set(event.i, { id: event.i, status: event.X, filled: Number(event.z), amount: Number(event.q), price: Number(event.p) });
      if (event.x === 'TRADE') fills.set(`${event.t}:${event.i}`, { id: event.t, order: event.i, amount: Number(event.l), price: Number(event.L), fee: Number(event.n) });
      break;
    case 'outboundAccountPosition':
      event.B.forEach(b => wallets.set(b.a, { free: Number(b.f), used: Number(b.l), total: Number(b.f) + Number(b.l) }));
      break;
    case 'ORDER_TRADE_UPDATE':
      orders.set(event.o.i, { id: event.o.i, status: event.o.X, filled: Number(event.o.z), amount: Number(event.o.q), price: Number(event.o.p) });
      if (event.o.x === 'TRADE') fills.set(`${event.o.t}:${event.o.i}`, { id: event.o.t, order: event.o.i, amount: Number(event.o.l), price: Number(event.o.L), fee: Number(event.o.n) });
      break;
    case 'TRADE_LITE':
      if (event.s === symbol) lite++;
      break;
    case 'ACCOUNT_UPDATE':
      event.a.B.forEach(b => wallets.set(b.a, { total: Number(b.wb) }));
      event.a.P.filter(p => p.s === symbol).forEach(p => { position = { amount: Number(p.pa), entry: Number(p.ep) }; });
      break;
  }
}
function onMessage(event) {
  if (event.e === 'depthUpdate') follow(event);
  else if (event.e === 'aggTrade') publicTrades++;
  else onUser(event);
}
sockets.on('message', onMessage);
api.getWSClient().on('message', onMessage);

if (linear) {
  await sockets.subscribe(['btcusdt@depth@100ms'], 'usdmPublic');
  await sockets.subscribe(['btcusdt@aggTrade'], 'usdmMarket');
  await sockets.subscribeUsdFuturesUserDataStream();
} else {
  await sockets.subscribe(['btcusdt@depth@100ms', 'btcusdt@aggTrade'], 'main');
  await api.subscribeUserDataStream('mainWSAPI');
}
await until('depth updates', () => book.buffer.length > 0);
const snapshot = await rest.getOrderBook({ symbol, limit: 1000 });
set(book.bids, snapshot.bids);
set(book.asks, snapshot.asks);
book.isFresh = true;
book.id = snapshot.lastUpdateId;
book.buffer.splice(0).forEach(follow);
await untilHeard(
  async isBuy => (await rest.submitNewOrder({ symbol: other, side: isBuy ? 'BUY' : 'SELL', type: 'MARKET', quantity: '0.05' })).orderId,
  id => heard.orders.has(id) && heard.fills.has(id) && wallets.size > 0);

const middle = () => (Math.max(...book.bids.keys()) + Math.min(...book.asks.keys())) / 2;
const price = factor => (Math.round((middle() * factor) / tick) * tick).toFixed(2);
const amount = () => (0.002 + random.below(30) / 1000).toFixed(3);
const side = () => random.pick(['BUY', 'SELL']);
const limit = (factor, timeInForce = 'GTC') => ({ symbol, side: side(), type: 'LIMIT', timeInForce, quantity: amount(), price: price(factor), newOrderRespType: 'RESULT' });
const place = order => (random.next() < 0.5 ? rest.submitNewOrder(order)
  : linear ? api.submitNewFuturesOrder('usdm', { ...order, timestamp: Date.now() }).then(r => r.result)
    : api.submitNewSpotOrder({ ...order, timestamp: Date.now() }).then(r => r.result));
const placed = [];
const refusals = {};
const steps = {
  near: async () => placed.push(await place(limit(1 + (random.next() - 0.5) * 0.0006))),
  far: async () => {
    const order = limit(1);
    placed.push(await place({ ...order, price: price(order.side === 'BUY' ? 0.95 : 1.05) }));
  },
  market: async () => place({ symbol, side: side(), type: 'MARKET', quantity: amount(), newOrderRespType: 'RESULT' }),
  quick: async () => place(limit(1, random.pick(['IOC', 'FOK']))),
  maker: async () => placed.push(await place(linear ? limit(1.001, 'GTX') : { symbol, side: side(), type: 'LIMIT_MAKER', quantity: amount(), price: price(1.001), newOrderRespType: 'RESULT' })),
  cancel: async () => placed.length > 0 && rest.cancelOrder({ symbol, orderId: placed.splice(random.below(placed.length), 1)[0].orderId }),
  amend: async () => {
    if (placed.length === 0) return;
    const [order] = placed.splice(random.below(placed.length), 1);
    const change = { symbol, side: order.side, quantity: amount(), price: price(order.side === 'BUY' ? 0.97 : 1.03) };
    placed.push(linear ? await rest.modifyOrder({ ...change, orderId: order.orderId })
      : (await rest.replaceOrder({ ...change, type: 'LIMIT', timeInForce: 'GTC', cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: order.orderId })).newOrderResponse);
  },
};
for (let i = 0; i < operations; i++) {
  const step = random.pick(['near', 'near', 'near', 'far', 'far', 'market', 'quick', 'maker', 'cancel', 'cancel', 'amend']);
  try {
    await steps[step]();
  } catch (error) {
    const code = error.code ?? error.error?.code ?? error.body?.code;
    if (typeof code !== 'number' || ![-2010, -2011, -2013, -2021, -2022, -5021, -5022, -5027].includes(code)) throw new Error(`${step}: ${error.stack ?? JSON.stringify(error)}`);
    refusals[`${step}:${code}`] = (refusals[`${step}:${code}`] ?? 0) + 1;
  }
}

ask('pause');
let last = -1;
await until('a quiet book', async () => {
  await new Promise(resolve => setTimeout(resolve, 250));
  const id = (await rest.getOrderBook({ symbol, limit: 5 })).lastUpdateId;
  const isQuiet = id === last && book.id === id;
  last = id;
  return isQuiet;
});
const all = await rest.getAllOrders({ symbol, limit: 1000 });
const mine = await (linear ? rest.getAccountTrades({ symbol, limit: 1000 }) : rest.getAccountTradeList({ symbol, limit: 1000 }));
await until('every order on the stream', () => all.every(o => orders.get(o.orderId)?.status === o.status));
await until('every fill on the stream', () => mine.every(t => fills.has(`${t.id}:${t.orderId}`)));
check(!linear || lite === fills.size, `a short message for each fill ${lite} ${fills.size}`);
check((await (linear ? rest.getAllOpenOrders({ symbol }) : rest.getOpenOrders({ symbol }))).every(o => ['NEW', 'PARTIALLY_FILLED'].includes(orders.get(o.orderId).status)), 'open orders');
const balances = linear
  ? Object.fromEntries((await rest.getBalanceV3()).map(b => [b.asset, { total: Number(b.balance) }]))
  : Object.fromEntries((await rest.getAccountInformation()).balances.map(b => [b.asset, { free: Number(b.free), used: Number(b.locked), total: Number(b.free) + Number(b.locked) }]));
const positions = linear ? (await rest.getPositionsV3({ symbol })).map(p => ({ contracts: Math.abs(Number(p.positionAmt)), side: Number(p.positionAmt) < 0 ? 'short' : 'long', entry: Number(p.entryPrice) })) : [];
const slim = o => ({ id: o.id ?? o.orderId, status: o.status, filled: Number(o.filled ?? o.executedQty), amount: Number(o.amount ?? o.origQty), price: Number(o.price) });
const sorted = (levels, sign) => [...levels.entries()].sort((a, b) => sign * (a[0] - b[0]));
finish({
  refusals,
  gaps: book.gaps,
  publicTrades,
  book: { nonce: book.id, bids: sorted(book.bids, -1), asks: sorted(book.asks, 1) },
  streamOrders: [...orders.values()],
  orders: all.map(slim),
  fills: [...fills.values()],
  balances,
  streamBalances: Object.fromEntries(wallets),
  positions,
  streamPosition: position,
});
