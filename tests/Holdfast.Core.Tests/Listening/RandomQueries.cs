using System.Globalization;
using static Holdfast.Core.Tests.Listening.NaiveOracle;

namespace Holdfast.Core.Tests.Listening;

/// <summary>Makes up query trees and writes each down in one of the ways a person might.</summary>
internal sealed class RandomQueries(Random random)
{
    public (Node Tree, string Text) Next()
    {
        var tree = Tree(random.Next(0, 4));
        return (tree, Write(tree));
    }

    private Node Tree(int depth) => random.Next(depth == 0 ? 3 : 9) switch
    {
        0 or 1 => Term(),
        2 => random.Next(3) == 0 ? AnyFilter() : Term(),
        3 or 4 => new And(Parts(depth)),
        5 or 6 => new Or(Parts(depth)),
        7 => new Not(Tree(depth - 1)),
        _ => new Near(Terms(), Terms(), random.Next(0, 4)),
    };

    private Node[] Parts(int depth) => [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Tree(depth - 1))];

    private Node[] Terms() => [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Term())];

    private Row Term() => new([.. Enumerable.Range(0, random.Next(4) == 0 ? random.Next(2, 4) : 1).Select(_ => AnyElement())]);

    private Element AnyElement()
    {
        var word = Pick(RandomPosts.Words);
        return random.Next(12) switch
        {
            0 => new([["@" + Pick(RandomPosts.Handles) + Pick(["", "", ".bsky", "@server"])]], false),
            1 => new([["#" + word + Pick(RandomPosts.Words)]], false),
            2 => new([["#" + word]], true),
            3 => new([[Pick(RandomPosts.Emoji)]], false),
            4 => new([[word[..random.Next(2, word.Length + 1)]]], true),
            5 when Pick(RandomPosts.Words) is var other => new([[word + other], [word, other]], random.Next(3) == 0),
            _ => new([[word]], false),
        };
    }

    private Filter AnyFilter()
    {
        var (network, language, handle, number) =
            (Pick(RandomPosts.Networks), Pick(RandomPosts.Languages), Pick(RandomPosts.Handles), Pick(RandomPosts.Followers));
        var n = number.ToString(CultureInfo.InvariantCulture);
        return random.Next(9) switch
        {
            0 => new("network:" + network, p => p.Post.Network == network),
            1 => new("lang:" + language, p => p.Post.Language?[..2] == language),
            2 => new("from:@" + handle.ToUpperInvariant(), p => p.Post.Author.Handle == handle),
            3 => new("has:link", p => p.HasLink),
            4 => new("followers:<" + n, p => p.Post.Author.Followers < number),
            5 => new("followers:<=" + n, p => p.Post.Author.Followers <= number),
            6 => new("followers:=" + n, p => p.Post.Author.Followers == number),
            7 => new("followers:>=" + n, p => p.Post.Author.Followers >= number),
            _ => new("followers:>" + n, p => p.Post.Author.Followers > number),
        };
    }

    // Parentheses wherever they may be needed, and sometimes where they are not.
    private string Write(Node node) => node switch
    {
        Or or => string.Join(" OR ", or.Parts.Select(p => Inner(p, p is Or))),
        And and => string.Join(Pick([" ", " AND ", "\n"]), and.Parts.Select(p => Inner(p, p is Or))),
        Not not => Pick(["NOT ", "-"]) + Inner(not.Part, not.Part is Or or And),
        Near near => $"{Side(near.Left)} NEAR/{near.Between} {Side(near.Right)}",
        Row row => Write(row),
        Filter filter => filter.Text,
        _ => throw new InvalidOperationException(),
    };

    private string Inner(Node node, bool needed) => needed || random.Next(4) == 0 ? $"({Write(node)})" : Write(node);

    private string Side(Node[] terms) => terms.Length == 1 ? Write(terms[0]) : $"({string.Join(" OR ", terms.Select(Write))})";

    private string Write(Row row)
    {
        var words = row.Elements.Select(Write).ToArray();
        return words.Length > 1 || random.Next(5) == 0 ? $"\"{string.Join(' ', words)}\"" : words[0];
    }

    private string Write(Element element)
    {
        var text = string.Join(Pick(["-", "'"]), element.Choices[^1]) + (element.Prefix ? "*" : "");
        return random.Next(4) == 0 ? text.ToUpperInvariant().Replace('O', 'Ó') : text;
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
