using System.CommandLine;
using System.CommandLine.Parsing;
using Harrier.Cli.Verbs;

RootCommand root = new("Harrier, a crypto trading platform") { IndicatorsVerb.Create() };
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
{
    return parsed.Invoke();
}

foreach (ParseError error in parsed.Errors)
{
    Console.Error.WriteLine("error: " + error.Message);
}

return 2;
