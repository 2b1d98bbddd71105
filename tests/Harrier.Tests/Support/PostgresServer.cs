using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;

[assembly: AssemblyFixture(typeof(Harrier.Tests.Support.PostgresServer))]

namespace Harrier.Tests.Support;

/// <summary>A real PostgreSQL on loopback, started by the first test that asks for a database and stopped after the last. It lives in a folder of its own.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Superuser = "postgres";

    private readonly Lock _starting = new();
    private string? _folder;
    private int _port;
    private int _databases;

    /// <summary>Skips the test, loudly, on a machine without PostgreSQL; in continuous integration that is a failure.</summary>
    public static void Require()
    {
        if (Binaries() is not null)
        {
            return;
        }

        const string Reason = "PostgreSQL is not installed: apt-get install postgresql";
        if (Environment.GetEnvironmentVariable("HARRIER_TEST_REAL") == "1")
        {
            Assert.Fail(Reason);
        }

        Assert.Skip(Reason);
    }

    /// <summary>An empty database of its own.</summary>
    /// <returns>Its connection string.</returns>
    public string NewDatabase()
    {
        Require();
        string name;
        lock (_starting)
        {
            if (_folder is null)
            {
                Start();
            }

            name = $"records_{++_databases}";
        }

        using NpgsqlConnection connection = new(ConnectionString("postgres"));
        connection.Execute("CREATE DATABASE " + name);
        return ConnectionString(name);
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Run("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(static version => Path.Combine(version, "bin")).LastOrDefault(static bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Database={database};Username={Superuser};Password=not-asked-for;Pooling=false";

    private void Start()
    {
        _folder = Directory.CreateTempSubdirectory("harrier-pg-").FullName;

        // The server refuses to run as root; the folder is for the user that it then runs as.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        string data = Path.Combine(_folder, "data");
        Run("initdb", "-D", data, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        Run("pg_ctl", "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -h 127.0.0.1 -k {_folder} -F -c full_page_writes=off -c synchronous_commit=off", "start");
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what its starter has: with a pipe, reading to its end would wait for the server.
        string[] quiet = ["sh", "-c", "exec \"$@\" > /dev/null", "sh", Path.Combine(Binaries()!, program), .. arguments];
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", Superuser, "--", .. quiet] : quiet;
        ProcessStartInfo start = new(command[0], command[1..]) { WorkingDirectory = "/" };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program);
    }
}
