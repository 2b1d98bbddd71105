using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Hosting;

/// <summary>An answer that is made and not sent yet.</summary>
internal static class HeldBody
{
    /// <summary>Lets the rest of the pipeline answer, and keeps back what it writes; whoever asks for it sends it.</summary>
    public static async Task<byte[]> OfAsync(HttpContext context, RequestDelegate next)
    {
        Stream real = context.Response.Body;
        using MemoryStream written = new();
        context.Response.Body = written;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Response.Body = real;
        }

        return written.ToArray();
    }
}
