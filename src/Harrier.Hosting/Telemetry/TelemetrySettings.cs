using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Telemetry;

/// <summary>Where traces and metrics are sent, by the OpenTelemetry protocol.</summary>
public sealed record TelemetrySettings
{
    private const string EndpointAllowed = "http://HOST:PORT or https://HOST:PORT of a collector, without user and password";

    // The names that all programs of the standard have.
    private static readonly (string Variable, string Key)[] Names =
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "endpoint"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "protocol"), ("OTEL_EXPORTER_OTLP_HEADERS", "headers"),
    ];

    private static readonly string[] Protocols = ["http/protobuf", "grpc"];

    /// <summary>The collector; null where nothing is sent.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Whether the collector speaks gRPC, as on port 4317; otherwise HTTP, as on port 4318.</summary>
    public bool IsGrpc { get; init; }

    /// <summary>Headers of each request, such as <c>Authorization=Bearer%20...</c>; null for none.</summary>
    public NamedSecret? Headers { get; init; }

    /// <summary>Part of the traces that is sent.</summary>
    /// <value>1: all.</value>
    public decimal SampleRatio { get; init; } = 1;

    /// <summary>Time between two transmissions of metrics.</summary>
    /// <value>60 s.</value>
    public TimeSpan MetricsEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether this says the same as another; secrets are compared by where they come from.</summary>
    public bool IsSame(TelemetrySettings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Headers?.Source == other.Headers?.Source && this with { Headers = null } == other with { Headers = null };
    }

    /// <summary>Puts what the environment says by the names of the standard into a configuration that does not say it itself.</summary>
    /// <param name="root">The tree, which is changed.</param>
    /// <param name="environment">Names and values; others are none of ours.</param>
    public static void Apply(JsonObject root, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(environment);
        foreach ((string name, string value) in environment)
        {
            if (value.Length == 0 || Names.FirstOrDefault(one => one.Variable == name) is not { Key: { } key } || root["telemetry"] is not (null or JsonObject))
            {
                continue;
            }

            JsonObject section = root["telemetry"] as JsonObject ?? [];
            root["telemetry"] ??= section;

            // Headers hold a token: of them the place is said, as everywhere.
            section.TryAdd(key, key == "headers" ? "env:" + name : value);
        }
    }

    internal static TelemetrySettings Read(Section section)
    {
        TelemetrySettings read = new()
        {
            Endpoint = ReadEndpoint(section),
            IsGrpc = section.Choice("protocol", 0, Protocols) == 1,
            Headers = ReadHeaders(section),
            SampleRatio = section.Number("sample_ratio", 1, 0, 1),
            MetricsEvery = TimeSpan.FromSeconds(section.Count("metrics_every_seconds", 60, 1, 3600)),
        };
        if (read is { Headers: not null, Endpoint: { Scheme: "http", IsLoopback: false } endpoint })
        {
            section.Fault("endpoint", endpoint.OriginalString, "https where headers go with it: they would be sent in clear text");
        }

        section.RefuseOthers();
        return read;
    }

    /// <summary>As a configuration says it; of secrets, where they come from.</summary>
    public JsonObject ToJson() => new()
    {
        ["endpoint"] = Endpoint?.OriginalString ?? "none",
        ["protocol"] = Protocols[IsGrpc ? 1 : 0],
        ["headers"] = Headers?.Source ?? "none",
        ["sample_ratio"] = SampleRatio,
        ["metrics_every_seconds"] = (int)MetricsEvery.TotalSeconds,
    };

    private static Uri? ReadEndpoint(Section section)
    {
        if (section.Optional("endpoint") is not { } text || text == "none")
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) && endpoint is { Scheme: "http" or "https", UserInfo.Length: 0, Query.Length: 0 })
        {
            return endpoint;
        }

        section.Fault("endpoint", text.Contains('@', StringComparison.Ordinal) ? "***" : text, EndpointAllowed);
        return null;
    }

    private static NamedSecret? ReadHeaders(Section section)
    {
        if (section.Optional("headers") is not { } source || source == "none")
        {
            return null;
        }

        if (!NamedSecret.TryFind(source, out NamedSecret? secret, out string shown, out string? fault))
        {
            section.Fault("headers", shown, fault);
        }

        return secret;
    }
}
