using System.Net;
using Harrier.Api.Hosting;
using Harrier.Api.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Harrier.Api.People.Google;

/// <summary>Adds the sign-in with Google to a service.</summary>
internal static class GoogleSetup
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Google";

    /// <summary>Where Google sends people back to: what is registered there ends so.</summary>
    public const string CallbackPath = "/login/google/back";

    private const long LargestAnswer = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds it.</summary>
    public static void AddGoogle(this AuthenticationBuilder authentication, GoogleSignIn google, TimeProvider time)
    {
        authentication.Services.AddSingleton(_ => new GoogleIdentity(google, time));
        authentication.AddOAuth<OAuthOptions, GoogleHandler>(SchemeName, options =>
        {
            (options.ClientId, options.ClientSecret) = (google.ClientId, google.ClientSecret.Reveal());
            options.AuthorizationEndpoint = google.Endpoints.Authorization.ToString();
            options.TokenEndpoint = google.Endpoints.Token.ToString();
            options.CallbackPath = CallbackPath;
            options.UsePkce = true;
            options.Scope.Add("openid");
            options.Scope.Add("email");
            options.BackchannelTimeout = Patience;
            options.TimeProvider = time;

            // Google sends people back here from its own page: a strict cookie would stay behind.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Backchannel = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All }) { Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer };
            options.Events.OnRemoteFailure = RefuseAsync;
            options.Events.OnTicketReceived = EnterAsync;
        });
    }

    /// <summary>Sends somebody to Google.</summary>
    public static IResult Challenge(ApiOptions options) =>
        options.Google is null ? Results.Problem("sign-in with Google is not set up", statusCode: StatusCodes.Status404NotFound) : Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [SchemeName]);

    private static async Task EnterAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        IResult answer = context.HttpContext.RequestServices.GetRequiredService<GooglePages>().Enter(context.HttpContext, GoogleHandler.ClaimsOf(context.Principal!));
        await answer.ExecuteAsync(context.HttpContext).ConfigureAwait(false);
    }

    private static async Task RefuseAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        IResult answer = context.HttpContext.RequestServices.GetRequiredService<GooglePages>().Refuse(context.HttpContext, context.Failure);
        await answer.ExecuteAsync(context.HttpContext).ConfigureAwait(false);
    }
}
