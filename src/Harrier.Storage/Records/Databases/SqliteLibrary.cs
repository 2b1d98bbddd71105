using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Harrier.Storage.Records.Databases;

/// <summary>Loads SQLite once a process: the system's library where it is new enough, because it gets the system's security updates; else the bundled one.</summary>
internal static unsafe class SqliteLibrary
{
    private const string SystemName = "libsqlite3.so.0";
    private const int Oldest = 3_037_000;

    /// <summary>Loads it, at the first call.</summary>
    public static void Load() => RuntimeHelpers.RunClassConstructor(typeof(Once).TypeHandle);

    private static nint Resolve(string name) =>
        name == "e_sqlite3"
        && NativeLibrary.TryLoad(SystemName, out nint library)
        && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out nint version)
        && ((delegate* unmanaged[Cdecl]<int>)version)() >= Oldest
            ? library
            : 0;

    private static class Once
    {
        static Once()
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) => Resolve(name));
            SQLitePCL.Batteries_V2.Init();
        }
    }
}
