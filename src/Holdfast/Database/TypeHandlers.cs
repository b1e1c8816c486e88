using System.Data;
using System.Reflection;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Holdfast.Database;

/// <summary>Teaches Dapper the types of Core: ids alone and in arrays, instants in UTC, lists.</summary>
internal static class TypeHandlers
{
    private static readonly Lock Once = new();
    private static bool _registered;

    public static void Register()
    {
        lock (Once)
        {
            if (_registered)
            {
                return;
            }

            _registered = true;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            RegisterInstants();
            RegisterList<string>();
            RegisterList<int>();
            RegisterList<long>();
            RegisterList<Guid>();
            var register = typeof(TypeHandlers).GetMethod(nameof(RegisterId), BindingFlags.NonPublic | BindingFlags.Static)!;
            foreach (var type in IdTypes.All)
            {
                register.MakeGenericMethod(type).Invoke(null, null);
            }
        }
    }

    private static void RegisterInstants()
    {
        // Dapper asks its own map first; only without the entry does it ask the handler.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(TimeOnly));
        SqlMapper.RemoveTypeMap(typeof(TimeOnly?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new InstantsHandler());
        SqlMapper.AddTypeHandler(new TimeOfDayHandler());
        SqlMapper.AddTypeHandler(new DayHandler());
    }

    private static void RegisterId<T>()
        where T : struct
    {
        SqlMapper.AddTypeHandler(new IdHandler<T>());
        SqlMapper.AddTypeHandler(new IdArrayHandler<T>());
        SqlMapper.AddTypeHandler(new IdListHandler<T>());
    }

    private static void RegisterList<T>() => SqlMapper.AddTypeHandler(new ListHandler<T>());

    private static void Set(IDbDataParameter parameter, NpgsqlDbType type, object? value)
    {
        ((NpgsqlParameter)parameter).NpgsqlDbType = type;
        parameter.Value = value ?? DBNull.Value;
    }

    private sealed class IdHandler<T> : SqlMapper.TypeHandler<T>
        where T : struct
    {
        public override T Parse(object value) => IdTypes.From<T>((Guid)value);

        public override void SetValue(IDbDataParameter parameter, T value) =>
            Set(parameter, NpgsqlDbType.Uuid, IdTypes.ToGuid(value));
    }

    private sealed class IdArrayHandler<T> : SqlMapper.TypeHandler<T[]>
        where T : struct
    {
        public override T[] Parse(object value) => Array.ConvertAll((Guid[])value, IdTypes.From<T>);

        public override void SetValue(IDbDataParameter parameter, T[]? value) =>
            Set(parameter, NpgsqlDbType.Array | NpgsqlDbType.Uuid, value is null ? null : Array.ConvertAll(value, IdTypes.ToGuid));
    }

    private sealed class IdListHandler<T> : SqlMapper.TypeHandler<IReadOnlyList<T>>
        where T : struct
    {
        public override IReadOnlyList<T> Parse(object value) => Array.ConvertAll((Guid[])value, IdTypes.From<T>);

        public override void SetValue(IDbDataParameter parameter, IReadOnlyList<T>? value) =>
            Set(parameter, NpgsqlDbType.Array | NpgsqlDbType.Uuid, value?.Select(IdTypes.ToGuid).ToArray());
    }

    private sealed class ListHandler<T> : SqlMapper.TypeHandler<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Parse(object value) => (T[])value;

        public override void SetValue(IDbDataParameter parameter, IReadOnlyList<T>? value) =>
            parameter.Value = value is null ? DBNull.Value : value.ToArray();
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset instant => instant.ToUniversalTime(),
            DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
            _ => throw new InvalidCastException($"A {value.GetType().Name} is not an instant; the column should be timestamptz."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
            Set(parameter, NpgsqlDbType.TimestampTz, value.UtcDateTime);
    }

    private sealed class InstantsHandler : SqlMapper.TypeHandler<DateTimeOffset[]>
    {
        public override DateTimeOffset[] Parse(object value) =>
            Array.ConvertAll((DateTime[])value, i => new DateTimeOffset(DateTime.SpecifyKind(i, DateTimeKind.Utc)));

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset[]? value) =>
            Set(parameter, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, value is null ? null : Array.ConvertAll(value, i => i.UtcDateTime));
    }

    private sealed class TimeOfDayHandler : SqlMapper.TypeHandler<TimeOnly>
    {
        public override TimeOnly Parse(object value) => value is TimeSpan span ? TimeOnly.FromTimeSpan(span) : (TimeOnly)value;

        public override void SetValue(IDbDataParameter parameter, TimeOnly value) => Set(parameter, NpgsqlDbType.Time, value);
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value is DateTime day ? DateOnly.FromDateTime(day) : (DateOnly)value;

        public override void SetValue(IDbDataParameter parameter, DateOnly value) => Set(parameter, NpgsqlDbType.Date, value);
    }
}
