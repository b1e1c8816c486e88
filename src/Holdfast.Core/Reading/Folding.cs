namespace Holdfast.Core.Reading;

/// <summary>Letters without case, diacritics and width, one UTF-16 unit for one, so that places in the text stay the same.</summary>
internal static class Folding
{
    private const string From = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżžșț’‘`´";
    private const string To = "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzzst''''";

    private static readonly char[] Table = Build();

    public static char Of(char c) => c < Table.Length ? Table[c] : Wide(c);

    private static char Wide(char c) => c switch
    {
        '’' or '‘' => '\'',
        >= '！' and <= '～' => Table[c - '！' + '!'],
        'ș' => 's',
        'ț' => 't',
        _ => char.ToLowerInvariant(c),
    };

    private static char[] Build()
    {
        var table = new char[0x250];
        for (var i = 0; i < table.Length; i++)
        {
            var lower = char.ToLowerInvariant((char)i);
            var at = From.IndexOf(lower, StringComparison.Ordinal);
            table[i] = at < 0 ? lower : To[at];
        }

        return table;
    }
}
