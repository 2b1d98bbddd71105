using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Control;

/// <summary>A question or an order over the control socket: one JSON object on one line.</summary>
/// <param name="Account">Which account; null where the rest says it.</param>
/// <param name="Command">The order; null for a question.</param>
/// <param name="After">For a question: number of the last event that is known.</param>
public sealed record ControlRequest(string? Account, AccountCommand? Command, long After)
{
    /// <summary>Asks how things stand and what happened since an event.</summary>
    public static ControlRequest Look(long after = long.MaxValue) => new(null, null, after);

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no request.</exception>
    public static ControlRequest Parse(string line)
    {
        try
        {
            JsonObject root = JsonNode.Parse(line) as JsonObject ?? throw new FormatException("a JSON object");
            if ((string?)root["do"] == "look")
            {
                return Look((long?)root["after"] ?? long.MaxValue);
            }

            if ((string?)root["do"] != "order" || !Enum.TryParse((string?)root["order"], ignoreCase: true, out AccountOrder order) || !Enum.IsDefined(order))
            {
                throw new FormatException("do: look, or order with one of " + string.Join(", ", Enum.GetNames<AccountOrder>().Select(static name => name.ToLowerInvariant())));
            }

            return new ControlRequest((string?)root["account"], new AccountCommand(order, (string?)root["bot"], (string?)root["by"] ?? "", (string?)root["reason"] ?? "")
            {
                Changes = [.. (root["changes"] as JsonObject ?? []).Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value ?? ""))],
            }, 0);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException("one JSON object on a line", fault);
        }
    }

    /// <summary>The line.</summary>
    public string ToLine()
    {
        JsonObject root = Command is { } command
            ? new JsonObject
            {
                ["do"] = "order",
                ["order"] = command.Order.ToString().ToLowerInvariant(),
                ["account"] = Account,
                ["bot"] = command.Bot,
                ["by"] = command.By,
                ["reason"] = command.Reason,
                ["changes"] = new JsonObject(command.Changes.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
            }
            : new JsonObject { ["do"] = "look", ["after"] = After };
        return root.ToJsonString();
    }
}
