using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Harrier.Hosting.Metering;

/// <summary>Requests to venues, by path and by what became of them.</summary>
internal sealed partial class CallMeters
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _latency;

    public CallMeters(Meter meter, TimeProvider time)
    {
        _time = time;
        _calls = meter.CreateCounter<long>("exchange_api_calls_total", null, "Requests to an exchange; status is that of HTTP, lost where no answer came.");
        _latency = meter.CreateHistogram("exchange_api_latency_seconds", null, "From a request to the head of its answer.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.1, .5, 1, 2, 5, 10, 30],
        });
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The invoker owns the handler, which holds nothing of its own.")]
    public HttpMessageInvoker Wrap(string exchange, HttpMessageInvoker http) => new(new Handler(this, exchange, http));

    // Ids of cards and orders in a path would make a series each.
    private static string EndpointOf(Uri? address) => IdentifierSegment().Replace(address?.AbsolutePath ?? "", "/{id}");

    [GeneratedRegex("/(?:[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9]{4,})(?=/|$)")]
    private static partial Regex IdentifierSegment();

    private void Ended(string exchange, Uri? address, string status, long began)
    {
        string endpoint = EndpointOf(address);
        _calls.Add(1, Label.Of(Label.Exchange, exchange), Label.Of("endpoint", endpoint), Label.Of("status", status));
        _latency.Record(_time.GetElapsedTime(began).TotalSeconds, Label.Of(Label.Exchange, exchange), Label.Of("endpoint", endpoint));
    }

    private sealed class Handler(CallMeters meters, string exchange, HttpMessageInvoker http) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            long began = meters._time.GetTimestamp();
            string status = "lost";
            try
            {
                HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
                return response;
            }
            finally
            {
                meters.Ended(exchange, request.RequestUri, status, began);
            }
        }
    }
}
