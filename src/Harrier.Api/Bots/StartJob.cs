using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Jobs;

namespace Harrier.Api.Bots;

/// <summary>A start of a bot as a job: done when the bot looks at markets, failed when it does not come to that.</summary>
internal static class StartJob
{
    /// <summary>What the job does.</summary>
    public const string Kind = "bot start";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for a bot that was told to start.</summary>
    /// <param name="sources">The run.</param>
    /// <param name="target">Account and bot.</param>
    public static JobWork Of(ApiSources sources, (string Account, string Bot) target) => (_, stop) =>
    {
        long began = sources.Time.GetTimestamp();
        while (true)
        {
            BotState? state = StateOf(sources, target);
            if (state is not (null or BotState.Idle or BotState.Initializing or BotState.Stopped or BotState.Error or BotState.Emergency))
            {
                return new JobResult(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["bot_id"] = $"{target.Account}/{target.Bot}", ["state"] = BotLifecycle.Word(state.Value) }), null);
            }

            if (state is null or BotState.Error or BotState.Emergency || sources.Time.GetElapsedTime(began) >= Patience)
            {
                throw new InvalidOperationException($"{target.Account}/{target.Bot} {(state is { } stuck ? "is " + BotLifecycle.Word(stuck) : "is not there any more")}");
            }

            Task.Delay(LookEvery, sources.Time, stop).GetAwaiter().GetResult();
        }
    };

    private static BotState? StateOf(ApiSources sources, (string Account, string Bot) target)
    {
        AccountStatus? account = sources.Desk.Status.FirstOrDefault(one => one.Name == target.Account);
        return account?.Bots.FirstOrDefault(bot => bot.Name == target.Bot)?.State;
    }
}
