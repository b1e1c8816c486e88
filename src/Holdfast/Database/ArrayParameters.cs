using Npgsql;

namespace Holdfast.Database;

/// <summary>Rows as one array a column, for <c>insert … select from unnest(…)</c>.</summary>
internal sealed class ArrayParameters<TRow>(NpgsqlCommand command, IReadOnlyList<TRow> rows)
{
    public void Column<T>(string name, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        command.Parameters.Add(new NpgsqlParameter<T[]>(name, values));
    }
}
