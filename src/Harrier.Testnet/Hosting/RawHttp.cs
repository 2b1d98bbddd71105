using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Harrier.Testnet.Hosting;

/// <summary>Requests as they were sent and answers as they are, for front ends that write every byte themselves.</summary>
internal static class RawHttp
{
    private static readonly byte[] _proxyPage = Encoding.ASCII.GetBytes(
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n");

    /// <summary>The query without its mark, not decoded: the framework's own is, and signatures cover what was sent.</summary>
    public static string QueryOf(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? "" : target[(mark + 1)..];
    }

    /// <summary>The whole body; empty when there is none.</summary>
    public static async ValueTask<byte[]> BodyOf(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
        {
            return [];
        }

        using MemoryStream all = new();
        await request.Body.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>Where a request came from.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Answers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="type">Content type.</param>
    /// <param name="body">The body.</param>
    public static async Task WriteAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body);
    }

    /// <summary>Answers as a proxy does that cannot reach what is behind it: with a page for people.</summary>
    public static Task WriteProxyPageAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status502BadGateway, "text/html", _proxyPage);
}
