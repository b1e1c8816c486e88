using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary><c>./bench train sentiment|language --data DIR</c>: writes the model files that Core embeds.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var command = new Command("train", "Trains a model and writes its file into src/Holdfast.Core/Reading.")
        {
            Verb("sentiment", SentimentTraining.Train),
            Verb("language", data => [LanguageTraining.Train(LanguageTraining.Samples(data))]),
        };
        return command;
    }

    private static Command Verb(string name, Func<string, IReadOnlyList<LinearModel>> train)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The development data.", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "Where to write instead, to try something out." };
        var verb = new Command(name, $"Trains the {name} model.") { data, output };
        verb.SetAction(parsed =>
        {
            var file = parsed.GetValue(output)?.FullName ?? Path.Combine(Repository.Root, "src", "Holdfast.Core", "Reading", $"{name}.model");
            Write(file, train(parsed.GetValue(data)!.FullName));
        });
        return verb;
    }

    private static void Write(string file, IReadOnlyList<LinearModel> models)
    {
        using (var stream = File.Create(file))
        {
            LinearModel.Write(stream, models);
        }

        var bytes = File.ReadAllBytes(file);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {bytes.Length:N0} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}"));
        Console.WriteLine("Now run `./bench reading`, and write the checksum and the figures into the model's card in docs/models.");
    }
}
