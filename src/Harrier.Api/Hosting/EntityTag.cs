using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Harrier.Api.Hosting;

/// <summary>Answers that a client may keep and ask for again: they carry a tag of their bytes, and a client that shows the tag of what it has is told that nothing changed.</summary>
internal static class EntityTag
{
    private const int TagBytes = 16;

    /// <summary>The tag of a content.</summary>
    public static string Of(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"";

    /// <summary>The content with its tag; 304 where the client has it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="content">JSON in UTF-8.</param>
    public static IResult Answer(HttpContext context, byte[] content)
    {
        string tag = Of(content);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return Has(context.Request.Headers.IfNoneMatch.ToString(), tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(content, "application/json");
    }

    /// <summary>Whether a list of tags in a header holds one, or all of them.</summary>
    public static bool Has(string header, string tag) =>
        header == "*" || (EntityTagHeaderValue.TryParseList([header], out IList<EntityTagHeaderValue>? tags) && tags.Any(one => one.Tag == tag));
}
