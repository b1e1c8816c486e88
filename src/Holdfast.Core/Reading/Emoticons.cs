namespace Holdfast.Core.Reading;

/// <summary>Faces made of signs: eyes, perhaps a nose, a mouth; and hearts.</summary>
internal static class Emoticons
{
    public static int LengthAt(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest.Length < 2 || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
        {
            return 0;
        }

        return rest[0] switch
        {
            '<' => rest[1] == '3' ? 2 : rest.StartsWith("</3", StringComparison.Ordinal) ? 3 : 0,
            ':' or ';' or '=' => Face(rest),
            'x' or 'X' => rest[1] is 'D' && Ends(rest, 2) ? 2 : 0,
            '(' or ')' => rest[1] is ':' or ';' && Ends(rest, 2) ? 2 : 0,
            _ => 0,
        };
    }

    /// <summary>1 for a happy one, −1 for a sad or angry one.</summary>
    public static int Mood(ReadOnlySpan<char> face) => face switch
    {
        _ when face.StartsWith("</3", StringComparison.Ordinal) => -1,
        _ when face[0] is ':' or ';' or '=' && face[^1] is '(' or '[' or '/' or '\\' or '|' or '@' => -1,
        _ when face[0] == ')' => -1,
        _ => 1,
    };

    private static int Face(ReadOnlySpan<char> rest)
    {
        var nose = rest[1] is '-' or '\'' or 'o' or '^' ? 1 : 0;
        if (rest.Length <= 1 + nose || rest[1 + nose] is not (')' or '(' or 'D' or 'd' or 'P' or 'p' or 'O' or '/' or '\\' or '|' or '*' or '3' or ']' or '[' or '@' or '>'))
        {
            return 0;
        }

        var end = 2 + nose;
        while (end < rest.Length && rest[end] == rest[1 + nose])
        {
            end++;
        }

        return char.IsLetterOrDigit(rest[1 + nose]) && !Ends(rest, end) ? 0 : end;
    }

    private static bool Ends(ReadOnlySpan<char> rest, int at) => at >= rest.Length || !char.IsLetterOrDigit(rest[at]);
}
