using Microsoft.Data.Sqlite;

namespace Harrier.Storage.Records.Databases;

/// <summary>Copies a database of SQLite while others write it: the copy is the database at one moment, with all that its log held.</summary>
public static class SqliteBackup
{
    /// <summary>Copies it.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The copy, which must not be there.</param>
    /// <exception cref="RecordStoreException">The file cannot be read, or the copy is not whole.</exception>
    public static void Copy(string from, string to)
    {
        SqliteLibrary.Load();
        try
        {
            using SqliteConnection source = Open(from, SqliteOpenMode.ReadOnly);
            using SqliteConnection target = Open(to, SqliteOpenMode.ReadWriteCreate);
            source.BackupDatabase(target);
            using SqliteCommand check = target.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            if (check.ExecuteScalar() is not "ok")
            {
                throw new RecordStoreException(to, "the copy is damaged; look at the disk, and try again");
            }
        }
        catch (SqliteException fault)
        {
            throw new RecordStoreException(from, fault.Message);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
