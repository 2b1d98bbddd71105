using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harrier.Hosting.Configuration;

/// <summary>Reads YAML as the same tree that JSON gives: whoever reads the tree asks of texts what they mean, so that <c>off</c> and <c>1e3</c> stay what was written.</summary>
internal static class YamlTree
{
    // A few aliases of aliases would make more than any memory holds.
    private const int MostNodes = 100_000;
    private const int Deepest = 64;

    public static ConfigurationDocument Read(string name, string text)
    {
        try
        {
            YamlStream stream = [];
            using StringReader reader = new(text);
            stream.Load(reader);
            Dictionary<string, long> lines = new(StringComparer.Ordinal);
            int left = MostNodes;
            return stream.Documents is [var document] && document.RootNode is YamlMappingNode root
                ? new ConfigurationDocument(Of(root, "", lines, ref left), lines)
                : throw new ConfigurationException([$"config: {name}: one YAML document that is an object"]);
        }
        catch (YamlException fault)
        {
            throw new ConfigurationException([FormattableString.Invariant($"config: {name}: YAML; line {fault.Start.Line}, column {fault.Start.Column}: {fault.Message}")]);
        }
    }

    private static JsonObject Of(YamlMappingNode mapping, string path, Dictionary<string, long> lines, ref int left)
    {
        JsonObject made = [];
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new YamlException(key.Start, key.End, "a key is a single word");
            }

            string inner = path.Length == 0 ? name : $"{path}.{name}";
            lines[inner] = key.Start.Line;
            made[name] = Of(value, inner, lines, ref left);
        }

        return made;
    }

    private static JsonNode? Of(YamlNode node, string path, Dictionary<string, long> lines, ref int left)
    {
        if (--left < 0 || path.AsSpan().Count('.') + path.AsSpan().Count('[') > Deepest)
        {
            throw new YamlException(node.Start, node.End, "more than a configuration ever holds");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                return Of(mapping, path, lines, ref left);
            case YamlSequenceNode sequence:
                JsonArray list = [];
                for (int i = 0; i < sequence.Children.Count; i++)
                {
                    string inner = FormattableString.Invariant($"{path}[{i}]");
                    lines[inner] = sequence.Children[i].Start.Line;
                    list.Add(Of(sequence.Children[i], inner, lines, ref left));
                }

                return list;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" }:
                return null;
            default:
                return JsonValue.Create(((YamlScalarNode)node).Value);
        }
    }
}
