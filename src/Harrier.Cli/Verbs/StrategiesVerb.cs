using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.UserStrategies;
using Harrier.Engine.Strategies;

namespace Harrier.Cli.Verbs;

/// <summary><c>strategies</c>: every strategy with its parameters, defaults and ranges.</summary>
public static class StrategiesVerb
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "print JSON" };
        Option<string?> file = new("--strategy-file") { Description = "C# file with strategies of your own, in place of those in strategies/", HelpName = "F" };
        Command command = new("strategies", "List the strategies with their parameters, defaults and ranges.") { json, file };
        command.SetAction(parsed =>
        {
            InvocationConfiguration streams = parsed.InvocationConfiguration;
            return BadInput.Guard(streams.Error, () =>
            {
                AvailableStrategies available = AvailableStrategies.Find(parsed.GetValue(file), Directory.GetCurrentDirectory());
                streams.Output.Write(parsed.GetValue(json) ? ToJson(available) : ToText(available));
                return 0;
            });
        });
        return command;
    }

    private static string ToText(AvailableStrategies available)
    {
        using StringWriter text = new() { NewLine = "\n" };
        foreach (StrategyDescriptor strategy in available.Catalog.Strategies)
        {
            string origin = AvailableStrategies.IsUserWritten(strategy) ? " (yours)" : "";
            text.WriteLine($"{strategy.Key}{origin}: {strategy.Description}");
            foreach (StrategyParameterDescriptor parameter in strategy.Parameters)
            {
                string setting = $"{parameter.Name}={StrategyParameterDescriptor.Format(parameter.Default)}";
                text.WriteLine($"  {setting,-24} {parameter.Description} ({parameter.Allowed})");
            }
        }

        return text.ToString();
    }

    private static string ToJson(AvailableStrategies available)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("strategies");
            foreach (StrategyDescriptor strategy in available.Catalog.Strategies)
            {
                Write(json, strategy);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, StrategyDescriptor strategy)
    {
        json.WriteStartObject();
        json.WriteString("key", strategy.Key);
        json.WriteString("description", strategy.Description);
        json.WriteString("source", AvailableStrategies.IsUserWritten(strategy) ? "user" : "built-in");
        json.WriteStartArray("parameters");
        foreach (StrategyParameterDescriptor parameter in strategy.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("type", JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Kind.ToString()));
            WriteDefault(json, parameter);
            WriteLimit(json, "min", parameter.Min);
            WriteLimit(json, "max", parameter.Max);
            json.WriteStartArray("choices");
            foreach (string choice in parameter.Choices)
            {
                json.WriteStringValue(choice);
            }

            json.WriteEndArray();
            json.WriteString("description", parameter.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter json, StrategyParameterDescriptor parameter)
    {
        json.WritePropertyName("default");
        switch (parameter.Default)
        {
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue(StrategyParameterDescriptor.Format(parameter.Default));
                break;
        }
    }

    private static void WriteLimit(Utf8JsonWriter json, string name, double? limit)
    {
        if (limit is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
