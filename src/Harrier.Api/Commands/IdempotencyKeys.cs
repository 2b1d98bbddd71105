using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Harrier.Api.Commands;

/// <summary>
/// A command with the header <c>Idempotency-Key</c> is carried out once: sent again, it gets the answer of the first time, also after a restart; with another body it is refused. Where the answer holds a secret,
/// or the first did not come to an end, the second is told so and nothing is done.
/// </summary>
internal static class IdempotencyKeys
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of an answer that is one of before.</summary>
    public const string Replayed = "Idempotent-Replayed";

    private const int LongestKey = 128;
    private const int LongestAnswer = 1 << 16;

    /// <summary>Adds it, behind authorization.</summary>
    public static void UseIdempotencyKeys(this WebApplication app)
    {
        RememberedCommands remembered = app.Services.GetRequiredService<RememberedCommands>();
        app.Use((context, next) =>
            HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || !context.Request.Headers.ContainsKey(Header)
                ? next(context)
                : OnceAsync(context, next, remembered));
    }

    private static async Task OnceAsync(HttpContext context, RequestDelegate next, RememberedCommands remembered)
    {
        string shown = context.Request.Headers[Header].ToString();
        if (shown.Length is 0 or > LongestKey || shown.Any(static letter => letter is < '!' or > '~'))
        {
            await Results.Problem($"{Header}: 1 to {LongestKey} visible characters", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        string key = $"{context.User.Identity?.Name}\n{shown}";
        string body = await DigestAsync(context.Request).ConfigureAwait(false);
        if (remembered.Begin(key, body) is not { } before)
        {
            await CarryOutAsync(context, next, remembered, (key, body)).ConfigureAwait(false);
            return;
        }

        if (Refusal(before, body, remembered) is { } refusal)
        {
            await Results.Problem($"{Header}: {refusal.Why}", statusCode: refusal.Status).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        context.Response.Headers[Replayed] = "true";
        context.Response.StatusCode = before.Status;
        context.Response.ContentType = before.Type;
        if (before.Answer!.Length > 0)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(before.Answer), context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static (string Why, int Status)? Refusal(RememberedCommand before, string body, RememberedCommands remembered) =>
        before.Body != body ? ("it came with another command before: a new command takes a new key", StatusCodes.Status422UnprocessableEntity)
        : before.Status == 0 && remembered.IsRunning(before.Key) ? ("the command is being carried out", StatusCodes.Status409Conflict)
        : before.Status == 0 ? ("the command began and its end is not known, because the service ended meanwhile: look what became of it, then take a new key", StatusCodes.Status409Conflict)
        : before.Answer is null ? ("the command was carried out, and its answer is not kept", StatusCodes.Status409Conflict)
        : null;

    private static async Task CarryOutAsync(HttpContext context, RequestDelegate next, RememberedCommands remembered, (string Key, string Body) command)
    {
        Stream real = context.Response.Body;
        using MemoryStream kept = new();
        context.Response.Body = kept;
        int status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context).ConfigureAwait(false);
            status = context.Response.StatusCode;
        }
        finally
        {
            context.Response.Body = real;
            bool isKept = kept.Length <= LongestAnswer && context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is null;
            remembered.End(new RememberedCommand(command.Key, command.Body, default, status, context.Response.ContentType, isKept ? Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length) : null));
        }

        kept.Position = 0;
        await kept.CopyToAsync(real, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<string> DigestAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        byte[] buffer = new byte[1 << 14];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false) is > 0 and int read)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Marks an endpoint whose answers hold a secret: they are kept nowhere.</summary>
internal sealed class SecretAnswer;
