using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Harrier.Api.Metrics;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Harrier.Api.Hosting;

/// <summary>
/// Answers to the questions that programs ask most, prices and candles, are kept for twenty milliseconds for whoever asked: the same question with the same token in that time gets the same bytes, and passes nothing but
/// the rate limit again. Whoever asks first passes everything. A token that is taken away is refused that much later.
/// </summary>
internal static class HotAnswers
{
    private const string Under = "/api/v1/market/";
    private const int MostKept = 256;
    private const int LargestKept = 1 << 20;

    private static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan KeptWhileRenewed = TimeSpan.FromMilliseconds(100);

    /// <summary>Adds it, ahead of everything that a request passes.</summary>
    public static void UseHotAnswers(this WebApplication app, ApiSources sources)
    {
        RequestMeter meter = app.Services.GetRequiredService<RequestMeter>();
        ConcurrentDictionary<Question, Answer> answers = new();
        PartitionedRateLimiter<HttpContext> limiter = app.Services.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
        app.Use((context, next) => QuestionOf(context) is { } question ? AnswerAsync(context, next, (question, answers), (limiter, sources.Time, meter)) : next(context));
    }

    // Pages and proxies say more of themselves, which is looked at each time.
    private static Question? QuestionOf(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Path.Value?.StartsWith(Under, StringComparison.Ordinal) != true)
        {
            return null;
        }

        IHeaderDictionary headers = request.Headers;
        bool isPlain = headers.Authorization.Count == 1 && headers.Origin.Count == 0 && headers.Range.Count == 0 && !ProxyHeaders.Has(headers);
        return isPlain && context.Features.Get<IHttpRequestFeature>() is { } raw ? new Question(headers.Authorization.ToString(), headers.Host.ToString(), raw.RawTarget, context.Connection.RemoteIpAddress) : null;
    }

    private static Task AnswerAsync(HttpContext context, RequestDelegate next, (Question Asked, ConcurrentDictionary<Question, Answer> Known) what, (PartitionedRateLimiter<HttpContext> Limiter, TimeProvider Time, RequestMeter Meter) rules)
    {
        long began = rules.Time.GetTimestamp();
        if (!what.Known.TryGetValue(what.Asked, out Answer? answer) || !answer.MayBeGiven(rules.Time))
        {
            return RenewAsync(context, next, what, rules.Time);
        }

        using RateLimitLease lease = rules.Limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        }

        RequestGuards.SetHeaders(context);
        context.Response.ContentType = answer.Type;
        context.Response.ContentLength = answer.Content.Length;
        ValueTask<System.IO.Pipelines.FlushResult> written = context.Response.BodyWriter.WriteAsync(answer.Content);
        rules.Meter.Took(rules.Time.GetElapsedTime(began), answer.Labels);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    private static async Task RenewAsync(HttpContext context, RequestDelegate next, (Question Asked, ConcurrentDictionary<Question, Answer> Known) what, TimeProvider time)
    {
        byte[] content = await HeldBody.OfAsync(context, next).ConfigureAwait(false);
        if (context.Response.StatusCode == StatusCodes.Status200OK && content.Length <= LargestKept)
        {
            if (what.Known.Count >= MostKept)
            {
                what.Known.Clear();
            }

            what.Known[what.Asked] = new Answer(content, context.Response.ContentType, (time.GetTimestamp(), RequestMeter.LabelsOf(context)));
        }

        if (content.Length > 0)
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private readonly record struct Question(string Token, string Host, string Target, System.Net.IPAddress? Address);

    private sealed class Answer(byte[] content, string? type, (long At, RequestLabels Labels) made)
    {
        private int _isRenewed;

        public byte[] Content => content;

        public string? Type => type;

        public RequestLabels Labels => made.Labels;

        // The first who comes too late asks anew; those who come meanwhile need not.
        public bool MayBeGiven(TimeProvider time)
        {
            TimeSpan age = time.GetElapsedTime(made.At);
            return age < Kept || (age < KeptWhileRenewed && Interlocked.Exchange(ref _isRenewed, 1) == 1);
        }
    }
}
