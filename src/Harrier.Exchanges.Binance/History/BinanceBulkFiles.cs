using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Binance.History;

/// <summary>
/// The venue's files of whole months, <c>data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2024-01.zip</c>, each beside its SHA-256 checksum. They count against no weight.
/// </summary>
public sealed class BinanceBulkFiles : IBulkHistory, IDisposable
{
    private const string Files = "files";
    private const int HashLength = 64;

    // Manners: the place names no limit.
    private static readonly BudgetRule _manners = new(Files, 10, TimeSpan.FromSeconds(1), PerAccount: false);
    private static readonly TimeSpan _longestDownload = TimeSpan.FromMinutes(2);

    private readonly BinanceMarket _market;
    private readonly VenueRequests _requests;
    private readonly RestClient _rest;

    /// <summary>The files of a market; nothing is sent.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="surroundings">The outside world.</param>
    /// <param name="place">Where the files are; null for the venue's own place.</param>
    public BinanceBulkFiles(BinanceMarket market, VenueSurroundings surroundings, Uri? place = null)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        _market = market;
        _requests = new VenueRequests(place ?? new Uri("https://data.binance.vision"), [_manners], "", surroundings);
        RestClientOptions options = new() { BaseAddress = _requests.Place, Jitter = surroundings.Jitter, Timeout = _longestDownload };
        _rest = new RestClient(options, surroundings.Http, _requests.Budget, new FileDialect(), _requests.Clock);
    }

    /// <inheritdoc/>
    public async Task<HistoryAnswer<HistoryPage<HistoricalBar>>> MonthAsync(string symbol, BarSpec interval, Timestamp month, CancellationToken cancellation)
    {
        if (interval.IntervalNanos < Timestamp.NanosPerSecond * 60 || interval.IntervalNanos > Timestamp.NanosPerDay)
        {
            return HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaultKind.NotSupported, $"months of {interval} are not taken from files");
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"{symbol}-{HistoryCalls.NameOf(interval)}-{month.ToDateTimeOffset():yyyy-MM}");
        string path = $"/data/{(_market == BinanceMarket.Spot ? "spot" : "futures/um")}/monthly/klines/{symbol}/{HistoryCalls.NameOf(interval)}/{name}.zip";
        VenueResult<RestAnswer> sum = await GetAsync(path + ".CHECKSUM", cancellation).ConfigureAwait(false);
        VenueResult<RestAnswer> file = sum.IsOk ? await GetAsync(path, cancellation).ConfigureAwait(false) : sum;
        if (!file.IsOk)
        {
            return HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaults.Of(file.Error));
        }

        if (!IsWhole(file.Value.Body.Span, sum.Value.Body.Span))
        {
            return HistoryFaults.Malformed<HistoryPage<HistoricalBar>>($"{name}.zip does not have the checksum that the venue tells of it");
        }

        Timestamp next = Timestamp.From(month.ToDateTimeOffset().AddMonths(1));
        try
        {
            List<HistoricalBar> rows = BulkRows.Read(file.Value.Body, name + ".csv", interval);
            return BarPages.Check(rows, new BarHistoryQuery(symbol, interval, month, next), int.MaxValue, next);
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException)
        {
            return HistoryFaults.Malformed<HistoryPage<HistoricalBar>>($"{name}.zip: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> file, ReadOnlySpan<byte> sum)
    {
        ReadOnlySpan<byte> told = sum.Trim(" \t\r\n"u8);
        return told.Length >= HashLength
            && Encoding.ASCII.GetString(told[..HashLength]).Equals(Convert.ToHexString(SHA256.HashData(file)), StringComparison.OrdinalIgnoreCase);
    }

    private Task<VenueResult<RestAnswer>> GetAsync(string path, CancellationToken cancellation) => _rest.SendAsync(
        new RestCall
        {
            Build = _ => new RestRequest { Method = "GET", Path = path },
            Name = "GET " + path,
            Priority = RequestPriority.Low,
            Costs = [new RequestCost(Files, 1)],
        },
        cancellation);

    /// <summary>A place of plain files: what is not there is no failure of the place.</summary>
    private sealed class FileDialect : IRestDialect
    {
        private const int NotFound = 404;

        public VenueError? ErrorOf(int status, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, bool isWrite) =>
            status == NotFound ? new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, status, "the venue has no file of this month") : null;

        public void ReadUsage(IReadOnlyDictionary<string, string> headers, ICollection<(string Rule, int Used)> into)
        {
        }
    }
}
