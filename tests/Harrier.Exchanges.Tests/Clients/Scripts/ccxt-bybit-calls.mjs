// ccxt's unified calls on the second venue, one after the other. Its answers to commands are acknowledgements: what became of them is asked for.
import ccxt from 'ccxt';
import { ccxtClient, check, finish, settings, until } from './clients.mjs';

const linear = settings.kind === 'linear';
const symbol = linear ? 'BTC/USDT:USDT' : 'BTC/USDT';
const client = ccxtClient(settings.kind);
const result = {};

async function refused(kind, code, call) {
  try {
    await call();
  } catch (error) {
    check(error instanceof kind, `${kind.name} expected, not ${error.constructor.name}: ${error.message}`);
    check(error.message.includes(`"retCode":${code},`), `${code} expected: ${error.message}`);
    return error.message;
  }
  throw new Error(`${kind.name} expected, nothing thrown`);
}

const order = id => client.fetchOrder(id, symbol, { acknowledged: true });
const markets = await client.loadMarkets();
const market = markets[symbol];
check(Object.keys(markets).length === 4, 'spot and linear of two symbols');
check(market.active && market.precision.price > 0 && market.precision.amount > 0 && market.limits.cost.min === 5, 'market');
result.market = { id: market.id, tick: market.precision.price, lot: market.precision.amount };
check(Math.abs(await client.fetchTime() - Date.now()) < 5000, 'time');
check((await client.fetchStatus()).status === 'ok', 'status');

const ticker = await client.fetchTicker(symbol);
check(ticker.last > 0 && ticker.baseVolume > 0 && ticker.high >= ticker.low && ticker.bid < ticker.ask, 'ticker');
check(Object.keys(await client.fetchTickers()).length === 2, 'tickers');
const book = await client.fetchOrderBook(symbol, 50);
check(book.bids.length === 50 && book.bids[0][0] < book.asks[0][0], 'book');
const candles = await client.fetchOHLCV(symbol, '1m', undefined, 100);
check(candles.length === 100 && candles.every((c, i) => i === 0 || c[0] - candles[i - 1][0] === 60000), 'candles');
check((await client.fetchOHLCV(symbol, '1h', candles[0][0] - 10 * 3600000, 5)).length === 5, 'candles from a time on');
check((await client.fetchOHLCV(symbol, '1d', undefined, 3)).every(c => c[2] >= c[3] && c[5] >= 0), 'days');
const trades = await client.fetchTrades(symbol, undefined, 20);
check(trades.length > 0 && trades.every(t => t.price > 0 && ['buy', 'sell'].includes(t.side)), 'trades');

if (linear) {
  check((await client.fetchMarkOHLCV(symbol, '1m', undefined, 5)).length === 5, 'mark candles');
  check((await client.fetchIndexOHLCV(symbol, '1m', undefined, 5)).length === 5, 'index candles');
  const funding = await client.fetchFundingRate(symbol);
  check(funding.markPrice > 0 && funding.fundingTimestamp > Date.now(), 'funding');
  check(Array.isArray(await client.fetchFundingRateHistory(symbol)), 'funding history');
  check((await client.fetchOpenInterest(symbol)).openInterestAmount >= 0, 'open interest');
  check((await client.fetchMarketLeverageTiers(symbol)).length === 1, 'tiers');
  await client.setLeverage(7, symbol);
  await refused(ccxt.ExchangeError, 110043, () => client.setLeverage(7, symbol));
  check((await client.fetchLeverage(symbol)).longLeverage === 7, 'leverage');
}

check((await client.fetchTradingFee(symbol)).taker > 0, 'fee');
const before = await client.fetchBalance();
check(before.USDT.free === 100000 && before.USDT.used === 0 && before.BTC.total > 0, 'balance');
const low = Number(client.priceToPrecision(symbol, ticker.last * 0.8));
const placed = await client.createOrder(symbol, 'limit', 'buy', 0.01, low, { clientOrderId: 'mine-1' });
const fetched = await order(placed.id);
check(fetched.status === 'open' && fetched.clientOrderId === 'mine-1' && fetched.filled === 0 && fetched.remaining === 0.01 && fetched.price === low, 'fetched');
check((await client.fetchOpenOrders(symbol)).some(o => o.id === placed.id), 'open orders');
check((await client.fetchBalance()).USDT.used > 0, 'used');
const lower = Number(client.priceToPrecision(symbol, ticker.last * 0.75));
const edited = await client.editOrder(placed.id, symbol, 'limit', 'buy', 0.02, lower);
check(edited.id === placed.id, 'an amendment keeps the id');
const amended = await order(placed.id);
check(amended.price === lower && amended.amount === 0.02 && amended.status === 'open', 'amended');
await client.cancelOrder(placed.id, symbol);
check((await order(placed.id)).status === 'canceled', 'canceled');
check((await client.fetchCanceledOrders(symbol)).some(o => o.id === placed.id), 'canceled orders');

const bought = await client.createOrder(symbol, 'market', 'buy', 0.05);
const filled = await order(bought.id);
check(filled.status === 'closed' && filled.filled === 0.05 && filled.average > 0 && filled.fee.cost > 0, `market ${JSON.stringify(filled.info)}`);
const mine = await client.fetchMyTrades(symbol);
check(mine.filter(t => t.order === bought.id).reduce((sum, t) => sum + t.amount, 0).toFixed(8) === '0.05000000', 'own trades');
check(mine.every(t => t.fee.cost > 0 && t.takerOrMaker === 'taker'), 'fees');
check((await client.fetchOrderTrades(bought.id, symbol)).length > 0, 'trades of an order');
check((await client.fetchClosedOrders(symbol)).some(o => o.id === bought.id), 'closed orders');
check((await client.fetchLedger('USDT')).some(e => e.type === 'trade'), 'ledger');

// Accepted, and ended by the engine: the venue has no synchronous refusal for it.
const high = Number(client.priceToPrecision(symbol, ticker.last * 1.05));
const taking = await client.createOrder(symbol, 'limit', 'buy', 0.01, high, { postOnly: true });
check((await order(taking.id)).status === 'canceled' && (await order(taking.id)).info.rejectReason === 'EC_PostOnlyWillTakeLiquidity', 'post-only that would take');
const unfillable = await client.createOrder(symbol, 'limit', 'buy', 3, Number(client.priceToPrecision(symbol, ticker.last * (linear ? 0.9 : 0.4))), { timeInForce: 'FOK' }).catch(error => error);
check(unfillable instanceof Error || (await order(unfillable.id)).status === 'canceled', 'all or nothing');

const several = await client.createOrders([1, 2, 3].map(i => ({ symbol, type: 'limit', side: 'buy', amount: 0.01, price: low, params: { clientOrderId: `batch-${i}` } })));
check(several.length === 3 && (await client.fetchOpenOrders(symbol)).length === 3, 'batch');
await client.cancelOrders(several.slice(0, 2).map(o => o.id), symbol);
check((await client.fetchOpenOrders(symbol)).length === 1, 'batch of cancels');
await client.cancelAllOrders(symbol);
check((await client.fetchOpenOrders(symbol)).length === 0, 'all canceled');

if (linear) {
  const [position] = await client.fetchPositions([symbol]);
  check(position.side === 'long' && position.contracts === 0.05 && position.entryPrice > 0 && position.leverage === 7, 'position');
  const stop = await client.createOrder(symbol, 'market', 'sell', 0.05, undefined, { stopLossPrice: low, reduceOnly: true });
  check((await client.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).some(o => o.id === stop.id && o.triggerPrice === low), 'conditional order');
  await client.cancelOrder(stop.id, symbol, { trigger: true });
  check((await order(stop.id)).info.orderStatus === 'Deactivated', 'conditional order is gone');
  // Both exits of a position, and their end with it.
  await client.privatePostV5PositionTradingStop({ category: 'linear', symbol: market.id, takeProfit: String(high), stopLoss: String(low), positionIdx: 0 });
  const [guarded] = await client.fetchPositions([symbol]);
  check(guarded.takeProfitPrice === high && guarded.stopLossPrice === low, 'exits');
  await client.createOrder(symbol, 'market', 'sell', 0.05, undefined, { reduceOnly: true });
  check((await client.fetchPositions([symbol])).every(p => p.contracts === 0), 'flat');
  check((await client.fetchOpenOrders(symbol)).length === 0, 'exits end with the position');
  check((await client.fetchPositionsHistory([symbol])).length === 1, 'closed positions');
  // An order that brings its exits along.
  const entry = await client.createOrder(symbol, 'market', 'buy', 0.02, undefined, { takeProfit: { triggerPrice: high }, stopLoss: { triggerPrice: low } });
  await until('exits of the order', async () => (await client.fetchPositions([symbol]))[0].takeProfitPrice === high);
  check((await order(entry.id)).status === 'closed', 'entry');
  await client.createOrder(symbol, 'market', 'sell', 0.02, undefined, { reduceOnly: true });
  await refused(ccxt.ExchangeError, 110017, () => client.createOrder(symbol, 'market', 'sell', 0.02, undefined, { reduceOnly: true }));
} else {
  const byCost = await client.createMarketBuyOrderWithCost(symbol, 500);
  check(Math.abs((await order(byCost.id)).cost - 500) < 5, 'by cost');
  const stop = await client.createOrder(symbol, 'limit', 'sell', 0.01, low, { triggerPrice: low });
  check((await client.fetchOpenOrders(symbol)).some(o => o.id === stop.id && o.triggerPrice === low), 'conditional order');
  await client.cancelOrder(stop.id, symbol, { trigger: true });
  check((await order(stop.id)).info.orderStatus === 'Deactivated', 'conditional order is gone');
}

result.refusals = [
  await refused(ccxt.InsufficientFunds, linear ? 110007 : 170131, () => client.createOrder(symbol, 'limit', 'buy', 60, Number(client.priceToPrecision(symbol, ticker.last * 0.9)))),
  await refused(ccxt.OrderNotFound, linear ? 110001 : 170213, () => client.cancelOrder('999999999', symbol)),
  await refused(ccxt.InvalidOrder, linear ? 110072 : 170141, () => client.createOrder(symbol, 'limit', 'buy', 0.01, low, { clientOrderId: 'mine-1' })),
  await refused(linear ? ccxt.InvalidOrder : ccxt.InvalidOrder, linear ? 110094 : 170140, () => client.createOrder(symbol, 'limit', 'buy', 0.00005, low)),
];
const stranger = ccxtClient(settings.kind);
stranger.secret = 'x'.repeat(64);
result.refusals.push(await refused(ccxt.AuthenticationError, 10004, () => stranger.fetchBalance()));

// Orders over the socket.
await client.loadHttpProxyAgent();
const over = await client.createOrderWs(symbol, 'limit', 'buy', 0.01, low);
check((await order(over.id)).status === 'open', 'order over the socket');
await client.editOrderWs(over.id, symbol, 'limit', 'buy', 0.02, lower);
check((await order(over.id)).amount === 0.02, 'amendment over the socket');
await client.cancelOrderWs(over.id, symbol);
check((await order(over.id)).status === 'canceled', 'cancel over the socket');

const end = await client.fetchBalance();
result.balances = Object.fromEntries(Object.entries(end.total).map(([asset, total]) => [asset, { total, free: end.free[asset], used: end.used[asset] }]));
await client.close();
finish(result);
