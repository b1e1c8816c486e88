using System.Linq.Expressions;
using Holdfast.Core;

namespace Holdfast.Database;

/// <summary>The ids of Core: <c>readonly record struct XxxId(Guid Value)</c>, found by that shape so that a new one needs no line here.</summary>
internal static class IdTypes
{
    public static IReadOnlyList<Type> All { get; } = [.. typeof(Refusal).Assembly.GetTypes().Where(IsId)];

    public static bool IsId(Type type) =>
        type is { IsValueType: true, IsGenericType: false }
        && type.Name.EndsWith("Id", StringComparison.Ordinal)
        && type.GetConstructor([typeof(Guid)]) is not null
        && type.GetProperty("Value")?.PropertyType == typeof(Guid);

    public static T From<T>(Guid value)
        where T : struct => Shape<T>.FromGuid(value);

    public static Guid ToGuid<T>(T id)
        where T : struct => Shape<T>.ToGuid(id);

    private static class Shape<T>
    {
        public static readonly Func<Guid, T> FromGuid = MakeFrom();
        public static readonly Func<T, Guid> ToGuid = MakeTo();

        private static Func<Guid, T> MakeFrom()
        {
            var value = Expression.Parameter(typeof(Guid));
            return Expression.Lambda<Func<Guid, T>>(Expression.New(typeof(T).GetConstructor([typeof(Guid)])!, value), value).Compile();
        }

        private static Func<T, Guid> MakeTo()
        {
            var id = Expression.Parameter(typeof(T));
            return Expression.Lambda<Func<T, Guid>>(Expression.Property(id, "Value"), id).Compile();
        }
    }
}
