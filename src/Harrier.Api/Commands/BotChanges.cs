using System.Security.Claims;
using System.Text.Json.Nodes;
using Harrier.Api.Configuration;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Harrier.Api.Commands;

/// <summary>
/// Orders that change of what an account is made: <c>POST /api/v1/accounts/{account}/bots</c> adds a bot, <c>PATCH</c> and <c>DELETE .../bots/{bot}</c> change and remove
/// one, <c>PATCH .../risk</c> changes limits. Keys and values are those of a configuration.
/// </summary>
internal static class BotChanges
{
    /// <summary>Maps them.</summary>
    /// <param name="steering">For whoever may give orders.</param>
    public static void Map(RouteGroupBuilder steering)
    {
        steering.AddEndpointFilter(RunConfiguration.OnlyIfMatches);
        steering.MapPost("/accounts/{account}/bots", static (string account, ApiSources sources, ClaimsPrincipal who, AddBotBody body) =>
            SendAsync(sources, (account, null), new AccountCommand(AccountOrder.AddBot, null, NameOf(who), body.Reason ?? ""), body.Bot));
        steering.MapPatch("/accounts/{account}/bots/{bot}", static (string account, string bot, ApiSources sources, ClaimsPrincipal who, ChangeBody body) =>
            SendAsync(sources, (account, bot), new AccountCommand(AccountOrder.Edit, bot, NameOf(who), body.Reason ?? ""), body.Set));
        steering.MapDelete("/accounts/{account}/bots/{bot}", static (string account, string bot, ApiSources sources, ClaimsPrincipal who, string? reason) =>
            SendAsync(sources, (account, bot), new AccountCommand(AccountOrder.RemoveBot, bot, NameOf(who), reason ?? ""), []));
        steering.MapPatch("/accounts/{account}/risk", static (string account, ApiSources sources, ClaimsPrincipal who, ChangeBody body) =>
            SendAsync(sources, (account, null), new AccountCommand(AccountOrder.SetLimits, null, NameOf(who), body.Reason ?? ""), body.Set));
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> SendAsync(ApiSources sources, (string? Account, string? Bot) target, AccountCommand command, JsonObject? changes)
    {
        if (changes is null)
        {
            return TypedResults.Problem("bot or set: none given: an object of keys and values as in a configuration", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            return await BotOrders.SendAsync(sources, target, command with { Changes = ChangePairs.Of(changes) }).ConfigureAwait(false);
        }
        catch (ConfigurationException wrong)
        {
            return TypedResults.Problem(string.Join('\n', wrong.Faults), statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static string NameOf(ClaimsPrincipal who) => who.Identity?.Name ?? "";
}
