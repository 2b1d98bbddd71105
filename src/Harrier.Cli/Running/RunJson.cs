using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>One JSON object per line: what happens, and every second how things stand. Money, prices and sizes are texts.</summary>
internal sealed class RunJson(TextWriter output, TextWriter errors) : IRunView
{
    private readonly Lock _gate = new();
    private Timestamp _last;

    public void Begin(IReadOnlyList<AccountStatus> accounts) => Show("started", accounts);

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        if (accounts.Count > 0 && accounts[0].Time - _last >= TimeSpan.FromSeconds(1))
        {
            _last = accounts[0].Time;
            Show("status", accounts);
        }
    }

    public void End(IReadOnlyList<AccountStatus> accounts) => Show("stopped", accounts);

    public void Tell(AccountEvent happened) => Write(json => EventJson.Write(json, happened));

    public void Relay(LoggedEvent happened)
    {
        lock (_gate)
        {
            output.WriteLine(happened.Json);
            output.Flush();
        }
    }

    public void Warn(string line)
    {
        lock (_gate)
        {
            errors.WriteLine(line);
        }
    }

    public void Dispose()
    {
    }

    private void Show(string type, IReadOnlyList<AccountStatus> accounts) => Write(json =>
    {
        json.WriteString("type", type);
        StatusJson.Write(json, accounts);
    });

    private void Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        lock (_gate)
        {
            output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
            output.Flush();
        }
    }
}
