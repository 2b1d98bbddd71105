using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Harrier.Api.Hosting;

/// <summary>The pages that describe the API: Swagger UI at <c>/docs</c> and <c>/api/docs</c>, ReDoc at <c>/redoc</c>. They load nothing from elsewhere.</summary>
internal static partial class Documentation
{
    private const string Document = "/openapi/v1.json";

    /// <summary>What the description says of the service itself.</summary>
    public static void Describe(this OpenApiOptions document, string version)
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.AddDocumentTransformer((written, _, _) =>
        {
            written.Info = new OpenApiInfo { Title = "Harrier", Version = version.Split('+')[0], Description = "What a running Harrier answers and takes; docs/api.md says more." };
            return Task.CompletedTask;
        });
    }

    /// <summary>Adds a tag to the description, which is the same as long as the process lives; ahead of what writes it.</summary>
    public static void UseDescriptionTag(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path != Document || !HttpMethods.IsGet(context.Request.Method))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        byte[] written = await HeldBody.OfAsync(context, next).ConfigureAwait(false);
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            context.Response.ContentType = null;
            await EntityTag.Answer(context, written).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await context.Response.Body.WriteAsync(written, context.RequestAborted).ConfigureAwait(false);
    });

    /// <summary>Adds them; ahead of authentication, since they hold no data.</summary>
    public static void UseDocumentation(this WebApplication app)
    {
        foreach (string prefix in (string[])["docs", "api/docs"])
        {
            app.UseSwaggerUI(page =>
            {
                page.RoutePrefix = prefix;
                page.DocumentTitle = "Harrier";
                page.SwaggerEndpoint(Document, "v1");
            });
        }

        app.UseReDoc(page =>
        {
            page.RoutePrefix = "redoc";
            page.DocumentTitle = "Harrier";
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
