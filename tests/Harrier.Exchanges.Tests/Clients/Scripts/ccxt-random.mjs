// Hundreds of random operations while everything is watched; at the end the client tells what it believes.
import ccxt from 'ccxt';
import { ask, ccxtClient, finish, keep, randomness, settings, until, untilHeard } from './clients.mjs';

const operations = 300;
const linear = settings.kind === 'linear';
const bybit = settings.venue === 'bybit';
const symbol = linear ? 'BTC/USDT:USDT' : 'BTC/USDT';
const client = ccxtClient(settings.kind);
const random = randomness(settings.seed);
await client.loadHttpProxyAgent(); // ccxt asks for it before it opens sockets without TLS
await client.loadMarkets();

let book = null;
let balance = null;
let positions = null;
const wallets = {};
const seen = { trades: 0, orders: 0, fills: 0 };
const orders = new Map();
const fills = new Map();
const refusals = {};
const loops = [
  keep(() => client.watchOrderBook(symbol, bybit ? 1000 : undefined), update => { book = update; }),
  keep(() => client.watchTrades(symbol), update => { seen.trades += update.length; }),
  keep(() => client.watchOrders(symbol), update => update.forEach(order => { seen.orders++; orders.set(order.id, order); })),
  keep(() => client.watchMyTrades(symbol), update => update.forEach(fill => { seen.fills++; fills.set(fill.id + ':' + fill.order, fill); })),
  keep(() => client.watchBalance(), update => {
    balance = update;
    // ccxt's total of a unified account is the equity, which moves with the mark price: the wallet below it is what stays.
    if (bybit) update.info.forEach(told => told.coin.forEach(coin => { wallets[coin.coin] = { total: Number(coin.walletBalance) }; }));
  }),
];
if (linear) {
  loops.push(keep(() => client.watchPositions([symbol]), update => { positions = update; }));
}
const failed = () => loops.find(loop => loop.error)?.error;
await until('the book', () => { if (failed()) throw failed(); return book !== null && book.bids.length > 0; });
await until('trades', () => seen.trades > 0);
const other = linear ? 'ETH/USDT:USDT' : 'ETH/USDT';
const heard = { orders: new Set(), fills: new Set() };
const ears = [
  keep(() => client.watchOrders(other), update => update.forEach(order => heard.orders.add(order.id))),
  keep(() => client.watchMyTrades(other), update => update.forEach(fill => heard.fills.add(fill.order))),
];
await untilHeard(
  async isBuy => (await client.createOrder(other, 'market', isBuy ? 'buy' : 'sell', 0.05)).id,
  id => { if (failed()) throw failed(); return heard.orders.has(id) && heard.fills.has(id) && balance !== null; });
ears.forEach(ear => { ear.isOn = false; });

const placed = [];
// Some venues answer with the id alone.
const place = async (type, side, ...rest) => placed.push({ id: (await client.createOrder(symbol, type, side, ...rest)).id, side });
const price = factor => Number(client.priceToPrecision(symbol, ((book.bids[0][0] + book.asks[0][0]) / 2) * factor));
const amount = () => Number(client.amountToPrecision(symbol, 0.002 + random.next() * 0.03));
const steps = {
  near: async () => place('limit', random.pick(['buy', 'sell']), amount(), price(1 + (random.next() - 0.5) * 0.0006)),
  far: async () => {
    const side = random.pick(['buy', 'sell']);
    await place('limit', side, amount(), price(side === 'buy' ? 0.97 - random.next() * 0.1 : 1.03 + random.next() * 0.1));
  },
  market: async () => client.createOrder(symbol, 'market', random.pick(['buy', 'sell']), amount()),
  quick: async () => client.createOrder(symbol, 'limit', random.pick(['buy', 'sell']), amount(), price(1), { timeInForce: random.pick(['IOC', 'FOK']) }),
  maker: async () => place('limit', random.pick(['buy', 'sell']), amount(), price(1 + (random.next() - 0.5) * 0.002), { postOnly: true }),
  cancel: async () => placed.length > 0 && client.cancelOrder(placed.splice(random.below(placed.length), 1)[0].id, symbol),
  edit: async () => {
    if (placed.length === 0) return;
    const [order] = placed.splice(random.below(placed.length), 1);
    placed.push({ id: (await client.editOrder(order.id, symbol, 'limit', order.side, amount(), price(order.side === 'buy' ? 0.98 : 1.02))).id, side: order.side });
  },
};
const weighted = ['near', 'near', 'near', 'far', 'far', 'market', 'quick', 'maker', 'cancel', 'cancel', 'edit'];
for (let i = 0; i < operations && !failed(); i++) {
  const step = random.pick(weighted);
  try {
    await steps[step]();
  } catch (error) {
    // An order that filled meanwhile, a post-only that would take: what a bot meets on any day.
    const kind = `${step}:${error.constructor.name}`;
    refusals[kind] = (refusals[kind] ?? 0) + 1;
    if (!(error instanceof ccxt.ExchangeError) || error instanceof ccxt.BadRequest || error instanceof ccxt.AuthenticationError) throw error;
  }
}

if (failed()) throw failed();
ask('pause');
// The last update of the streams is there once the book's number is the exchange's and stays it.
const levels = of => JSON.stringify([of.bids.map(l => [l[0], l[1]]), of.asks.map(l => [l[0], l[1]])]);
let last = -1;
await until('a quiet book', async () => {
  await new Promise(resolve => setTimeout(resolve, 250));
  // ccxt keeps no number of this venue's books: the levels themselves must agree.
  const asked = await client.fetchOrderBook(symbol, bybit ? 1000 : undefined);
  const state = bybit ? levels(asked) : asked.nonce;
  const isQuiet = state === last && (bybit ? levels(book) : book.nonce) === state;
  last = state;
  return isQuiet;
});

// ccxt leaves the cursor of the next page in what it parsed.
async function byCursor(call, limit) {
  const all = [];
  for (let cursor = {}; cursor !== null;) {
    const page = await client[call](symbol, undefined, limit, cursor);
    all.push(...page);
    const next = page.map(item => item.info.nextPageCursor).find(Boolean);
    cursor = next ? { cursor: next } : null;
  }
  return all;
}

async function allOrders() {
  if (bybit) {
    return [...await byCursor('fetchOpenOrders', 50), ...await byCursor('fetchCanceledAndClosedOrders', 50)];
  }
  const history = [];
  for (let page = await client.fetchOrders(symbol, undefined, 1000, { orderId: 0 }); page.length > 0;) {
    history.push(...page);
    if (page.length < 1000) break;
    page = await client.fetchOrders(symbol, undefined, 1000, { orderId: Number(page[page.length - 1].id) + 1 });
  }
  return history;
}

const history = await allOrders();
await until('every order on the stream', () => history.every(o => orders.get(o.id)?.status === o.status && orders.get(o.id)?.filled === o.filled), 10000)
  .catch(error => { throw new Error(`${error.message} ${JSON.stringify(history.filter(o => orders.get(o.id)?.status !== o.status || orders.get(o.id)?.filled !== o.filled).slice(0, 3).map(o => [o.info, orders.get(o.id)?.info]))}`); });
await until('every fill on the stream', async () => (bybit ? await byCursor('fetchMyTrades', 100) : await client.fetchMyTrades(symbol, undefined, 1000)).every(t => fills.has(t.id + ':' + t.order)), 10000);
const fetched = await client.fetchBalance();
const held = linear ? await client.fetchPositions([symbol]) : [];
loops.forEach(loop => { loop.isOn = false; });
const slim = order => ({ id: order.id, status: order.status, amount: order.amount, filled: order.filled, price: order.price });
const money = all => Object.fromEntries(Object.keys(all.total).map(asset => [asset, { total: all.total[asset], free: all.free[asset], used: all.used[asset] }]));
await client.close();
finish({
  seen,
  refusals,
  book: { nonce: book.nonce ?? null, bids: book.bids.map(l => [l[0], l[1]]), asks: book.asks.map(l => [l[0], l[1]]) },
  streamOrders: [...orders.values()].map(slim),
  orders: history.map(slim),
  fills: [...fills.values()].map(f => ({ id: f.id, order: f.order, amount: f.amount, price: f.price, fee: f.fee?.cost ?? 0, feeAsset: f.fee?.currency ?? '' })),
  streamBalances: bybit ? wallets : money(balance),
  balances: money(fetched),
  positions: held.map(p => ({ symbol: p.info.symbol, contracts: p.contracts, side: p.side, entry: p.entryPrice })),
  streamPositions: (positions ?? []).map(p => ({ symbol: p.symbol, contracts: p.contracts, side: p.side, entry: p.entryPrice })),
});
