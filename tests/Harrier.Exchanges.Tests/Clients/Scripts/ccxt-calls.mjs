// ccxt's unified calls, one after the other, as the documentation names them.
import ccxt from 'ccxt';
import { ccxtClient, check, finish, settings } from './clients.mjs';

const linear = settings.kind === 'linear';
const symbol = linear ? 'BTC/USDT:USDT' : 'BTC/USDT';
const client = ccxtClient(settings.kind);
const result = {};

// ccxt knows by the real hosts which of its tables a code belongs to; elsewhere a code that only one market has stays a general error.
async function refused(kind, code, call) {
  try {
    await call();
  } catch (error) {
    check(error instanceof kind || (error.constructor === ccxt.ExchangeError && error.message.includes(`"code":${code},`)), `${kind.name} expected, not ${error.constructor.name}: ${error.message}`);
    return error.message;
  }
  throw new Error(`${kind.name} expected, nothing thrown`);
}

const markets = await client.loadMarkets();
const market = markets[symbol];
check(market.active && market.precision.price > 0 && market.precision.amount > 0, 'market');
check(market.limits.cost.min === 5, 'least notional');
result.market = { id: market.id, tick: market.precision.price, lot: market.precision.amount, swap: market.swap, spot: market.spot };
check(Math.abs(await client.fetchTime() - Date.now()) < 5000, 'time');

const ticker = await client.fetchTicker(symbol);
check(ticker.last > 0 && ticker.baseVolume > 0 && ticker.high >= ticker.low, 'ticker');
check(Object.keys(await client.fetchTickers()).length === 2, 'tickers');
const quotes = await client.fetchBidsAsks();
check(quotes[symbol].bid < quotes[symbol].ask, 'best prices');
const book = await client.fetchOrderBook(symbol, 50);
check(book.bids.length > 5 && book.bids[0][0] < book.asks[0][0] && book.nonce > 0, 'book');
const candles = await client.fetchOHLCV(symbol, '1m', undefined, 100);
check(candles.length === 100 && candles.every((c, i) => i === 0 || c[0] - candles[i - 1][0] === 60000), 'candles');
check(candles.every(c => c[2] >= c[3] && c[5] >= 0), 'candle values');
const trades = await client.fetchTrades(symbol, undefined, 20);
check(trades.length > 0 && trades.every(t => t.price > 0 && ['buy', 'sell'].includes(t.side)), 'trades');
Object.assign(result, { last: ticker.last, candles: candles.length, trades: trades.length });

if (linear) {
  const leverage = await client.setLeverage(10, symbol);
  check(leverage.leverage === 10, 'leverage');
  await client.setMarginMode('cross', symbol).catch(error => check(error instanceof ccxt.MarginModeAlreadySet || /-4046/.test(error.message), error.message));
  const funding = await client.fetchFundingRate(symbol);
  check(funding.markPrice > 0 && funding.fundingTimestamp > Date.now(), 'funding');
  result.fundingRate = funding.fundingRate;
  check((await client.fetchLeverages([symbol]))[symbol].longLeverage === 10, 'leverages');
}

const before = await client.fetchBalance();
check(before.USDT.free > 0 && before.USDT.total === before.USDT.free + before.USDT.used, 'balance');
const low = Number(client.priceToPrecision(symbol, ticker.last * 0.8));
const placed = await client.createOrder(symbol, 'limit', 'buy', 0.01, low);
check(placed.status === 'open' && placed.price === low && placed.amount === 0.01, 'placed');
const fetched = await client.fetchOrder(placed.id, symbol);
check(fetched.status === 'open' && fetched.id === placed.id && fetched.filled === 0 && fetched.remaining === 0.01, 'fetched');
check((await client.fetchOpenOrders(symbol)).some(o => o.id === placed.id), 'open orders');
const locked = await client.fetchBalance();
check(locked.USDT.used > 0, 'used');
const lower = Number(client.priceToPrecision(symbol, ticker.last * 0.75));
const edited = await client.editOrder(placed.id, symbol, 'limit', 'buy', 0.02, lower);
check(edited.price === lower && edited.amount === 0.02 && edited.status === 'open', `edited ${JSON.stringify(edited.info)}`);
check(linear === (edited.id === placed.id), 'only contracts keep the id');
const canceled = await client.cancelOrder(edited.id, symbol);
check(canceled.status === 'canceled', 'canceled');
check((await client.fetchOrder(edited.id, symbol)).status === 'canceled', 'canceled for good');

const bought = await client.createOrder(symbol, 'market', 'buy', 0.05);
const filled = await client.fetchOrder(bought.id, symbol);
check(filled.status === 'closed' && filled.filled === 0.05 && filled.average > 0 && filled.cost > 0, `market ${JSON.stringify(filled.info)}`);
const mine = await client.fetchMyTrades(symbol);
check(mine.filter(t => t.order === bought.id).reduce((sum, t) => sum + t.amount, 0).toFixed(8) === '0.05000000', 'own trades');
check(mine.every(t => t.fee.cost > 0 && t.takerOrMaker === 'taker'), 'fees');
const all = await client.fetchOrders(symbol);
check(all.map(o => o.id).includes(edited.id) && all.map(o => o.id).includes(bought.id), 'orders');
check((await client.fetchClosedOrders(symbol)).map(o => o.id).includes(bought.id), 'closed orders');

if (linear) {
  const [position] = await client.fetchPositions([symbol]);
  check(position.side === 'long' && position.contracts === 0.05 && position.entryPrice > 0, 'position');
  result.position = { contracts: position.contracts, entry: position.entryPrice, liquidation: position.liquidationPrice };
  const stop = await client.createOrder(symbol, 'market', 'sell', 0.05, undefined, { stopLossPrice: low, reduceOnly: true });
  check((await client.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).some(o => o.id === stop.id), 'conditional order');
  const gone = await client.cancelOrder(stop.id, symbol, { trigger: true });
  check(gone.id === stop.id, 'conditional order canceled');
  check((await client.fetchOrder(stop.id, symbol, { trigger: true })).status === 'canceled', 'conditional order is gone');
  await client.createOrder(symbol, 'market', 'sell', 0.05, undefined, { reduceOnly: true });
  check((await client.fetchPositions([symbol])).every(p => p.contracts === 0), 'flat');
} else {
  const byCost = await client.createMarketBuyOrderWithCost(symbol, 500);
  check(byCost.status === 'closed' && Math.abs(byCost.cost - 500) < 5, `by cost ${byCost.cost}`);
  const stop = await client.createOrder(symbol, 'limit', 'sell', 0.01, low, { stopLossPrice: low });
  check((await client.fetchOpenOrders(symbol)).some(o => o.id === stop.id && o.triggerPrice === low), 'stop order');
  await client.createOrder(symbol, 'limit', 'sell', 0.01, Number(client.priceToPrecision(symbol, ticker.last * 1.2)));
  await client.cancelAllOrders(symbol);
  check((await client.fetchOpenOrders(symbol)).length === 0, 'all canceled');
}

result.refusals = [
  await refused(ccxt.InsufficientFunds, -2019, () => client.createOrder(symbol, 'limit', 'buy', 60, ticker.last * 0.9)),
  await refused(ccxt.OrderNotFound, -2011, () => client.cancelOrder('999999999', symbol)),
  await refused(ccxt.OrderNotFound, -2013, () => client.fetchOrder('999999999', symbol)),
  await refused(ccxt.InvalidOrder, -5022, () => client.createOrder(symbol, 'limit', 'buy', 0.01, Number(client.priceToPrecision(symbol, ticker.last * 1.05)), { postOnly: true })),
  await refused(ccxt.BadSymbol, -1121, () => client.fetchOrderBook('NONE/USDT')),
];
const stranger = ccxtClient(settings.kind);
stranger.secret = 'x'.repeat(64);
result.refusals.push(await refused(ccxt.AuthenticationError, -1022, () => stranger.fetchBalance()));

const end = await client.fetchBalance();
result.balances = Object.fromEntries(Object.entries(end.total).map(([asset, total]) => [asset, { total, free: end.free[asset], used: end.used[asset] }]));
await client.close();
finish(result);
