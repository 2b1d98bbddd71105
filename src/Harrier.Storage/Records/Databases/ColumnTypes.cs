using System.Data;
using System.Globalization;
using Dapper;
using Harrier.Domain;
using Microsoft.Data.Sqlite;

namespace Harrier.Storage.Records.Databases;

/// <summary>How decimal numbers and instants are put into columns and read back.</summary>
internal static class ColumnTypes
{
    /// <summary>Registers them with Dapper, which keeps one list for the process.</summary>
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(decimal));
        SqlMapper.RemoveTypeMap(typeof(decimal?));
        SqlMapper.AddTypeHandler(new DecimalColumn());
        SqlMapper.AddTypeHandler(new InstantColumn());
    }

    /// <summary>Text in SQLite, with every digit and trailing zero; numeric elsewhere.</summary>
    private sealed class DecimalColumn : SqlMapper.TypeHandler<decimal>
    {
        public override decimal Parse(object value) => value is string text
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

        public override void SetValue(IDbDataParameter parameter, decimal value)
        {
            if (parameter is SqliteParameter sqlite)
            {
                (sqlite.SqliteType, sqlite.Value) = (SqliteType.Text, value.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                parameter.Value = value;
            }
        }
    }

    /// <summary>Whole microseconds since 1970 in SQLite, timestamptz elsewhere: an instant loses its last three digits of nanoseconds in both.</summary>
    private sealed class InstantColumn : SqlMapper.TypeHandler<Timestamp>
    {
        private const long NanosPerMicrosecond = 1000;

        public override Timestamp Parse(object value) => value switch
        {
            long micros => new Timestamp(micros * NanosPerMicrosecond),
            DateTime time => Timestamp.From(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))),
            _ => throw new InvalidCastException($"{value.GetType().Name} is no instant"),
        };

        public override void SetValue(IDbDataParameter parameter, Timestamp value)
        {
            long micros = Math.DivRem(value.Nanos, NanosPerMicrosecond, out _);
            if (parameter is SqliteParameter sqlite)
            {
                (sqlite.SqliteType, sqlite.Value) = (SqliteType.Integer, micros);
            }
            else
            {
                (parameter.DbType, parameter.Value) = (DbType.DateTimeOffset, DateTimeOffset.UnixEpoch.AddMicroseconds(micros));
            }
        }
    }
}
