using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary>What a form of a page sent.</summary>
internal static class PageForm
{
    /// <summary>Its fields; none where the body is no form, or one too large.</summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }
}
