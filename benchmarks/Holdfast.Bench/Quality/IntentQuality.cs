using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>Complaints against a labelled set that may only be measured against; harm, threats and false claims have no labelled set here.</summary>
internal static class IntentQuality
{
    public static IEnumerable<(string Name, double Value)> Measure(string data)
    {
        var complaints = new Confusion(2);
        foreach (var row in DataSet.Rows(data, "complaints/complaints.tsv.gz"))
        {
            var intent = Reader.Read(Posts.Of(row[4]), Posts.Nobody).Intent;
            complaints.Add(row[2] == "1" ? 1 : 0, intent is Intent.Complaint or Intent.HarmReport or Intent.Threat ? 1 : 0);
        }

        yield return ("intent.complaints.f1", complaints.F1(1));
        yield return ("intent.complaints.macro_f1", complaints.MacroF1);
        yield return ("intent.complaints.accuracy", complaints.Accuracy);
        var risks = DataSet.Rows(data, "tweeteval/sentiment/val.tsv.gz").Select(r => r[1])
            .Concat(DataSet.Rows(data, "airline/airline.tsv.gz").Select(r => r[9]))
            .Select(t => Reader.Read(Posts.Of(t), Posts.Nobody).Risk).ToList();
        yield return ("risk.found_per_1000_ordinary_posts", 1000.0 * risks.Count(r => r is not null) / risks.Count);
    }
}
