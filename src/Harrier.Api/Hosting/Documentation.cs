using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace Harrier.Api.Hosting;

/// <summary>The pages that describe the API: Swagger UI at <c>/docs</c> and <c>/api/docs</c>, ReDoc at <c>/redoc</c>. They load nothing from elsewhere.</summary>
internal static partial class Documentation
{
    private const string Document = "/openapi/v1.json";

    /// <summary>Adds them; ahead of authentication, since they hold no data.</summary>
    public static void UseDocumentation(this WebApplication app)
    {
        foreach (string prefix in (string[])["docs", "api/docs"])
        {
            app.UseSwaggerUI(page =>
            {
                page.RoutePrefix = prefix;
                page.SwaggerEndpoint(Document, "v1");
            });
        }

        app.UseReDoc(page =>
        {
            page.RoutePrefix = "redoc";
            page.SpecUrl = Document;
            Func<Stream> original = page.IndexStream;
            page.IndexStream = () =>
            {
                using StreamReader reader = new(original());
                return new MemoryStream(Encoding.UTF8.GetBytes(FontLink().Replace(reader.ReadToEnd(), "")));
            };
        });
    }

    [GeneratedRegex("<link href=\"https://fonts[^>]*>")]
    private static partial Regex FontLink();
}
